import type { FeePreviewFact, StorageFeeFact, TransactionFact } from '@recoup/contracts';
import type { ClaimFinding } from '@recoup/domain';
import { addDays } from '@recoup/kernel';
import { examineKey, examineProduct } from '../src/domain/examine.js';
import { NO_PRODUCT_FACTS, type Keyed, type OrderFacts } from '../src/domain/facts.js';
import { openChargeBook } from '../src/domain/fees/charge-book.js';
import { fulfilmentFeeOvercharge } from '../src/domain/fees/fulfilment-fee-overcharge.js';
import { referralFeeError } from '../src/domain/fees/referral-fee-error.js';
import { storageFeeOvercharge } from '../src/domain/fees/storage-fee-overcharge.js';
import { contextAt } from './look-at-fees.js';

const US = 'ATVPDKIKX0DER';
let told = 0;
const nextKey = () => `fee-${String((told += 1)).padStart(6, '0')}`;

/** One unit sold for 20.00, shipped for 4.00, with a commission of 15 %, unless it says otherwise. */
export interface Sold {
  readonly day: string;
  readonly units?: number;
  /** For all units. */
  readonly fee?: string;
  readonly commission?: string;
  readonly principal?: string;
  readonly shipping?: string;
  readonly discount?: string;
  readonly sku?: string;
  readonly orderId?: string;
  readonly held?: 'held' | 'release';
  readonly type?: string;
  readonly at?: string;
}

const NEGATIVE = (amount: string) => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);

/** An order of one line, with the money that its shipment moved at noon Pacific time. */
export function sale(sold: Sold, key = nextKey()): OrderFacts {
  const orderId = sold.orderId ?? `111-${key}`;
  return { ...EMPTY, orderId, transactions: [movement({ ...sold, orderId }, key)] };
}

const EMPTY: Omit<OrderFacts, 'orderId' | 'transactions'> = {
  order: null,
  items: [],
  returns: [],
  replacements: [],
  reimbursements: [],
};

export function movement(sold: Sold, key = nextKey()): Keyed<TransactionFact> {
  const { day, held, orderId = '', type = 'Shipment', at = `${day}T20:00:00Z` } = sold;
  const deferred = { name: 'DEFERRED_TRANSACTION_ID', value: `held-${orderId}` };
  const data: TransactionFact = {
    ...OF_NOTHING,
    type,
    held: held === 'held',
    postedDay: day,
    subject: key,
    items: [itemOf(sold)],
    postedAt: at,
    orderId,
    transactionId: held === 'held' ? `held-${orderId}` : key,
    identifiers: held === 'release' ? [deferred] : [],
  };
  return { key, data };
}

const OF_NOTHING = {
  ordinal: 0,
  total: null,
  amounts: [],
  status: 'RELEASED',
  description: null,
  marketplaceId: US,
  deferredUntil: null,
  asins: null,
  reason: null,
  fnskus: null,
  orderItemIds: null,
  sku: null,
};

function itemOf(sold: Sold): TransactionFact['items'][number] {
  const { units = 1 } = sold;
  const { sku, principal, shipping, discount, fee, commission } = {
    ...{ sku: 'SKU-1', shipping: '0', discount: '0' },
    ...{ principal: `${20 * units}.00`, fee: `${4 * units}.00`, commission: `${3 * units}.00` },
    ...sold,
  };
  const amount = (type: string, value: string) => ({ type, amount: value, currency: 'USD' });
  const amounts = [
    amount('Principal', principal),
    amount('ShippingCharge', shipping),
    amount('Promotion', NEGATIVE(discount)),
    amount('FBAPerUnitFulfillmentFee', NEGATIVE(fee)),
    amount('Commission', NEGATIVE(commission)),
  ];
  return { sku, quantity: units, amounts: amounts.filter(({ amount }) => amount !== '-0') };
}

/** The same sale on each of so many days. */
export function salesFrom(day: string, days: number, more: Partial<Sold> = {}): OrderFacts[] {
  return Array.from({ length: days }, (_, at) => sale({ ...more, day: addDays(day, at) }));
}

export const MEASURE: FeePreviewFact['measure'] = {
  longestSide: '12.00',
  medianSide: '10.00',
  shortestSide: '6.00',
  lengthAndGirth: null,
  lengthUnit: 'inches',
  weight: '2.00',
  weightUnit: 'pounds',
  sizeTier: 'Large standard-size',
};

/** What Amazon states: 4.00 for shipping, 3.00 of 20.00 as commission. */
export function preview(
  more: Partial<FeePreviewFact> = {},
  key = nextKey(),
): Keyed<FeePreviewFact> {
  const data: FeePreviewFact = {
    marketplaceId: US,
    sku: 'SKU-1',
    fnsku: 'X001',
    asin: 'B001',
    productName: 'Steel water bottle',
    productGroup: 'Kitchen',
    fulfilledBy: 'Amazon',
    price: '20.00',
    salesPrice: null,
    measure: MEASURE,
    currency: 'USD',
    estimatedTotal: '7.00',
    referralPerUnit: '3.00',
    closing: null,
    fulfillmentPerUnit: '4.00',
    crossBorderPerUnit: null,
    ...more,
  };
  return { key, data };
}

/** A month's storage of 100 units of 0.4167 cubic feet at 0.78. */
export function stored(
  month: string,
  more: Partial<StorageFeeFact> = {},
  key = nextKey(),
): Keyed<StorageFeeFact> {
  const data: StorageFeeFact = {
    month,
    asin: 'B001',
    fnsku: 'X001',
    productName: 'Steel water bottle',
    fulfillmentCenter: 'PHX7',
    country: 'US',
    measure: MEASURE,
    itemVolume: '0.4167',
    volumeUnit: 'cubic feet',
    averageQuantityOnHand: '100.00',
    averageQuantityPendingRemoval: '0.00',
    totalVolume: '41.6700',
    storageUtilizationRatio: null,
    baseRate: '0.78',
    utilizationSurchargeRate: '0.00',
    currency: 'USD',
    fee: '32.50',
    dangerousGoodsType: null,
    incentive: '0.00',
    ...more,
  };
  return { key, data };
}

/** The months from January on in which the product had its size. */
export const STORED = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'].map((month) =>
  stored(`2026-${month}`),
);

export interface FeeStory {
  readonly today: string;
  readonly orders?: readonly OrderFacts[];
  readonly previews?: readonly Keyed<FeePreviewFact>[];
  readonly storage?: readonly Keyed<StorageFeeFact>[];
}

const detectors = [fulfilmentFeeOvercharge, storageFeeOvercharge, referralFeeError];

/** What is found at noon Pacific time of a day. */
export function findIn(story: FeeStory): readonly ClaimFinding[] {
  const { today, orders = [], previews = [preview()], storage = STORED } = story;
  const context = contextAt(`${today}T20:00:00Z`);
  const fnskus = new Set([...previews, ...storage].map(({ data }) => data.fnsku));
  const book = openChargeBook();
  const products = [...fnskus].flatMap((fnsku) => {
    const product = {
      ...NO_PRODUCT_FACTS,
      feePreviews: previews.filter(({ data }) => data.fnsku === fnsku),
      storageFees: storage.filter(({ data }) => data.fnsku === fnsku),
    };
    book.learn(product);
    return examineProduct(product, { detectors }, context).findings;
  });
  for (const order of orders) book.add(order);
  const sold = [...book.all()].map((sku) => examineKey('charges', sku, { detectors, context }));
  return [...products, ...sold.flatMap(({ findings }) => findings)];
}
