import type {
  CustomerReturnFact,
  OrderFact,
  ReplacementFact,
  SyncResource,
  TransactionAmount,
  TransactionFact,
} from '@recoup/contracts';
import type { ClaimFinding } from '@recoup/domain';
import { openCatalogue } from '../src/domain/catalogue.js';
import type { Context } from '../src/domain/context.js';
import type { SyncCoverage } from '../src/domain/coverage.js';
import { detectors } from '../src/domain/detectors.js';
import { watchers } from '../src/domain/watchers.js';
import { examineKey, type Examined } from '../src/domain/examine.js';
import type { CustomerReturn, Keyed, OrderFacts } from '../src/domain/facts.js';
import { NO_COSTS } from '../src/domain/value/costs.js';

export const ORDER = '111-0000001-0000001';
export const REPLACEMENT = '119-0000001-0000001';
let told = 0;
const nextKey = (kind: string) => `${kind}-${String((told += 1)).padStart(6, '0')}`;

type Amounts = Readonly<Record<string, string>>;

export interface Moved {
  readonly day: string;
  readonly units?: number | null;
  readonly amounts: Amounts;
  readonly sku?: string;
  readonly type?: string;
  readonly currency?: string;
  readonly held?: boolean;
  readonly at?: string;
}

/** Money of an order, posted at noon Pacific time of its day unless said. */
export function money(moved: Moved, key = nextKey('tx')): Keyed<TransactionFact> {
  const currency = moved.currency ?? 'USD';
  const amounts: TransactionAmount[] = Object.entries(moved.amounts).map(([type, amount]) => ({
    ...{ type, amount, currency },
  }));
  return {
    key,
    data: {
      ...{ type: moved.type ?? 'Shipment', held: moved.held ?? false, postedDay: moved.day },
      ...{ subject: key, ordinal: 0, total: null, amounts: [] },
      items: [{ sku: moved.sku ?? 'SKU-1', quantity: moved.units ?? null, amounts }],
      postedAt: moved.at ?? `${moved.day}T20:00:00Z`,
      orderId: ORDER,
      ...{ transactionId: key, status: 'RELEASED', description: null },
      marketplaceId: 'ATVPDKIKX0DER',
      ...{ deferredUntil: null, identifiers: null, asins: null, reason: null },
      ...{ fnskus: null, orderItemIds: null, sku: null },
    },
  };
}

/** Units sold for 20.00 each, of which 3.00 and 5.00 were fees: 12.00 are left of each. */
export function sale(units = 1, more: Partial<Moved> = {}): Keyed<TransactionFact> {
  return money({
    day: '2026-07-01',
    units,
    amounts: {
      Principal: `${20 * units}.00`,
      Tax: `${units}.40`,
      'MarketplaceFacilitatorTax-Principal': `-${units}.40`,
      Commission: `-${3 * units}.00`,
      FBAPerUnitFulfillmentFee: `-${5 * units}.00`,
    },
    ...more,
  });
}

/** The whole price of units given back. */
export function refund(day: string, units = 1, more: Partial<Moved> = {}): Keyed<TransactionFact> {
  const amounts = { Principal: `-${20 * units}.00`, Commission: `${2 * units}.40` };
  return money({ day, units, type: 'Refund', amounts, ...more });
}

export function returned(
  day: string,
  more: Partial<CustomerReturnFact> = {},
  key = nextKey('return'),
): CustomerReturn {
  return {
    key,
    data: {
      ...{ returnedAt: `${day}T20:00:00Z`, orderId: ORDER, sku: 'SKU-1', asin: 'B001' },
      ...{ fnsku: 'X001', productName: 'Steel water bottle', quantity: 1 },
      ...{ fulfillmentCenter: 'PHX7', disposition: 'SELLABLE', reason: 'UNWANTED_ITEM' },
      ...{ status: null, licensePlateNumber: 'LPN1', ...more },
    },
  };
}

export function replaced(day: string, reasonCode: string, quantity = 1): Keyed<ReplacementFact> {
  return {
    key: nextKey('replacement'),
    data: {
      ...{ shippedAt: `${day}T20:00:00Z`, sku: 'SKU-1', asin: 'B001', fulfillmentCenter: 'PHX7' },
      ...{ originalFulfillmentCenter: null, quantity, reasonCode },
      ...{ replacementOrderId: REPLACEMENT, originalOrderId: ORDER },
    },
  };
}

export function orderBy(
  fulfilledBy: string | null,
  marketplaceId = 'ATVPDKIKX0DER',
): Keyed<OrderFact> {
  const data: OrderFact = {
    ...{ orderId: ORDER, marketplaceId, createdAt: '2026-06-30T00:00:00Z' },
    ...{ updatedAt: '2026-07-01T00:00:00Z', status: 'SHIPPED', fulfilledBy },
    ...{ salesChannel: null, serviceLevel: null, shipCountry: null },
  };
  return { key: 'order', data };
}

const WHOLE = { state: 'complete', from: '2025-11-01', to: '2026-12-31' } as const;
const SOURCES: readonly SyncResource[] = [
  ...(['orders', 'transactions', 'returns', 'replacements', 'reimbursements', 'ledger'] as const),
];
export const ORDERS_READ: SyncCoverage = Object.fromEntries(SOURCES.map((one) => [one, WHOLE]));

export interface OrderScene
  extends
    Partial<OrderFacts>,
    Partial<Pick<Context, 'lostReturns' | 'assertions' | 'coverage' | 'catalogue'>> {
  /** Noon Pacific time of this day. */
  readonly today?: string;
  readonly asOf?: string;
}

/** What is known of the order, as far as a scene tells. */
export function orderOf({
  orderId = ORDER,
  order = null,
  items = [],
  transactions = [],
  returns = [],
  replacements = [],
  reimbursements = [],
}: Partial<OrderFacts>): OrderFacts {
  return { orderId, order, items, transactions, returns, replacements, reimbursements };
}

/** What is known besides the order. */
export function contextOf({
  today = '2026-10-01',
  asOf = `${today}T20:00:00Z`,
  coverage = ORDERS_READ,
  lostReturns = new Map(),
  catalogue = openCatalogue(),
  assertions = [],
}: Omit<OrderScene, keyof OrderFacts>): Context {
  const known = { coverage, costs: NO_COSTS, lostReturns, catalogue, assertions };
  return { tenantId: 'seller-1', asOf: new Date(asOf), ...known };
}

/** What all detectors and watchers of orders find in one. */
export function examineOrder(scene: OrderScene): Examined {
  return examineKey('order', orderOf(scene), { detectors, watchers, context: contextOf(scene) });
}

/** What is claimed, in the fewest words. */
export function claimed(scene: OrderScene): readonly (readonly [string, number])[] {
  return examineOrder(scene).findings.map((one: ClaimFinding) => [one.subtype, one.quantity]);
}
