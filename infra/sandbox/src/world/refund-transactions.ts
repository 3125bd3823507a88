import { chargedReferralCents } from '../fees/charges.js';
import { DAY_MS } from './calendar.js';
import { byHeading, itemOf, soldOn } from './order-transactions.js';
import type { Order, OrderLine } from './order.js';
import { branch, leaf, transactionId, type Breakdown, type Transaction } from './transaction.js';

/** Days between a shipment and what a buyer disputes about it. */
export const DISPUTED_DAYS = 20;

/** Amazon keeps this share of the commission when an order is refunded. */
const REFUND_ADMINISTRATION = 0.2;
/** What a seller may keep of the price of an item that comes back damaged by its buyer. */
const RESTOCKING = 0.2;

/** One order in so many: a guarantee claim (A to z), a chargeback of the buyer's bank. */
const CLAIMED_OF = 211;
const CHARGED_BACK_OF = 389;

/** The units of each refund of what came back; of some orders each unit is refunded by itself. */
export function refundParts({ n, returned }: Order): number[] {
  if (!returned) return [];
  return n % 2 === 0 ? Array.from({ length: returned.units }, () => 1) : [returned.units];
}

/** The refunds of an order. Where there are several they are posted in one second, and equal in all but their ids. */
export function refundTransactions(order: Order, orderId: string): Transaction[] {
  const [line] = order.lines;
  const { returned } = order;
  if (!line || !returned) return [];
  return refundParts(order).map((units, at) => ({
    ...moneyBack(order, { line, units, restocking: isRestocked(order) }),
    id: transactionId(orderId, 'refund', ...(at === 0 ? [] : [at])),
    type: 'Refund',
    description: 'Order Refund',
    postedMs: returned.ms,
    identifiers: [
      { name: 'ORDER_ID', value: orderId },
      { name: 'REFUND_ID', value: `${80_000_000_000_000 + order.n * 8 + at}` },
    ],
  }));
}

/** What of a sale is given back: all of the price, a share that the buyer gets without returning anything, fees, a gift. */
export type RefundPart = 'whole' | 'concession' | 'fees' | 'goodwill';

export interface Refund {
  readonly line: OrderLine;
  readonly units: number;
  readonly part: RefundPart;
  readonly ms: number;
  /** Tells it from other refunds of the order. */
  readonly serial: number;
}

/** A refund apart from any return. */
export function refundOf(
  order: Order,
  orderId: string,
  { line, units, part, ms, serial }: Refund,
): Transaction {
  return {
    ...(part === 'whole'
      ? moneyBack(order, { line, units, restocking: false })
      : lineBack(order, { line, units, breakdowns: partOf(line, part) })),
    id: transactionId(orderId, 'refund', 'apart', serial),
    type: 'Refund',
    description: 'Order Refund',
    postedMs: ms,
    identifiers: [
      { name: 'ORDER_ID', value: orderId },
      { name: 'REFUND_ID', value: `${80_000_000_000_000 + order.n * 8 + serial}` },
    ],
  };
}

/** Share of the price that a buyer gets who keeps it. */
const CONCESSION = 0.3;
const GOODWILL_CENTS = 500;
const FEES_CENTS = 75;

function partOf(line: OrderLine, part: Exclude<RefundPart, 'whole'>): Breakdown[] {
  if (part === 'fees')
    return [branch('AmazonFees', [branch('Commission', [leaf('Base', FEES_CENTS)])])];
  const principal = Math.round(line.units * line.unitCents * CONCESSION);
  return [
    branch('ProductCharges', [
      part === 'goodwill'
        ? leaf('GoodwillPrincipal', -GOODWILL_CENTS)
        : leaf('OurPricePrincipal', -principal),
    ]),
  ];
}

/** When an order is disputed by a buyer who returned nothing; null for nearly all. */
export function disputedMs({ n, shippedMs, returned }: Order): number | null {
  const disputed = n % CLAIMED_OF === 7 || n % CHARGED_BACK_OF === 11;
  if (!disputed || shippedMs === null || returned) return null;
  return shippedMs + DISPUTED_DAYS * DAY_MS;
}

/** What the buyer of a disputed order got back by a guarantee claim or through the bank. */
export function disputeTransactions(order: Order, orderId: string): Transaction[] {
  const [line] = order.lines;
  const postedMs = disputedMs(order);
  if (!line || postedMs === null) return [];
  const claimed = order.n % CLAIMED_OF === 7;
  return [
    {
      ...moneyBack(order, { line, units: line.units, restocking: false }),
      id: transactionId(orderId, 'dispute'),
      type: claimed ? 'GuaranteeClaim' : 'Chargeback',
      description: claimed ? 'A-to-z Guarantee Claim' : 'Chargeback',
      postedMs,
      identifiers: [{ name: 'ORDER_ID', value: orderId }],
    },
  ];
}

function isRestocked({ n, returned }: Order): boolean {
  return returned?.disposition === 'CUSTOMER_DAMAGED' && n % 3 === 0;
}

/** Units of an order's first line whose price went back to the buyer, and when; in the order of their transactions. */
export function moneyBackOf(
  order: Order,
): readonly { readonly ms: number; readonly units: number }[] {
  const { returned } = order;
  const ms = disputedMs(order);
  if (ms !== null) return [{ ms, units: order.lines[0]?.units ?? 0 }];
  return returned ? refundParts(order).map((units) => ({ ms: returned.ms, units })) : [];
}

/** Cents of what a line was sold for, after the discount, that are those of some of its units. */
export function netOfUnits(line: OrderLine, units: number): number {
  return units * line.unitCents - Math.round((line.discountCents * units) / line.units);
}

interface MoneyBack {
  readonly line: OrderLine;
  readonly units: number;
  readonly restocking: boolean;
}

function moneyBack(order: Order, { line, units, restocking }: MoneyBack) {
  return lineBack(order, { line, units, breakdowns: backOf(order, line, { units, restocking }) });
}

function lineBack(
  order: Order,
  { line, units, breakdowns }: { line: OrderLine; units: number; breakdowns: Breakdown[] },
) {
  const item = itemOf(order, line, { breakdowns, units });
  return {
    status: 'RELEASED',
    marketplace: order.marketplace,
    cents: item.cents,
    items: [item],
    breakdowns: byHeading([item]),
    maturityMs: null,
  } as const;
}

/** The sale the other way round, in the share of these units, less what Amazon and the seller keep. */
function backOf(
  order: Order,
  line: OrderLine,
  { units, restocking }: { units: number; restocking: boolean },
): Breakdown[] {
  const share = (cents: number) => Math.round((cents * units) / line.units);
  const principal = units * line.unitCents;
  const discount = share(line.discountCents);
  const tax = share(line.taxCents);
  // At the rate of the sale, whatever the rate has become since.
  const net = netOfUnits(line, units);
  const commission = chargedReferralCents(line.product, net, soldOn(order));
  const kept = restocking ? Math.round(net * RESTOCKING) : 0;
  return [
    branch('ProductCharges', [
      leaf('OurPricePrincipal', -principal),
      leaf('RestockingDeductionPrincipal', kept),
    ]),
    branch('PromoRebates', [leaf('OurPriceDiscount', discount)]),
    branch('Tax', [leaf('OurPriceTax', -tax), leaf('MarketplaceFacilitatorTax-Principal', tax)]),
    branch('AmazonFees', [
      branch('Commission', [leaf('Base', commission)]),
      branch('RefundCommission', [leaf('Base', -Math.round(commission * REFUND_ADMINISTRATION))]),
    ]),
  ].filter(({ parts }) => parts.length > 0);
}
