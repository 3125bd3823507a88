import { chargedFulfilmentCents, chargedReferralCents } from '../fees/charges.js';
import { DAY_MS } from './calendar.js';
import type { Order, OrderLine } from './order.js';
import {
  branch,
  leaf,
  merged,
  sumOf,
  transactionId,
  type Breakdown,
  type Transaction,
  type TransactionItem,
} from './transaction.js';

/** Days for which the money of a business order is held back. */
export const DEFERRED_DAYS = 9;
/** Amazon keeps this share of the commission when an order is refunded. */
const REFUND_ADMINISTRATION = 0.2;

/** When an order's transactions are posted, as far as that is before an instant. */
export function orderTransactionTimes(order: Order, endMs: number): number[] {
  if (order.shippedMs === null) return [];
  const released = order.business ? [maturityOf(order)] : [];
  const refunded = order.returned ? [order.returned.ms] : [];
  return [order.shippedMs, ...released, ...refunded].filter((ms) => ms < endMs);
}

export function maturityOf(order: Order): number {
  return (order.shippedMs ?? order.updatedMs) + DEFERRED_DAYS * DAY_MS;
}

/** What a shipment brings. A business order's is deferred first; its release is a transaction of its own. */
export function shipmentTransaction(order: Order, orderId: string): Transaction {
  return {
    ...shipmentBase(order, orderId),
    id: transactionId(orderId, 'shipment'),
    status: order.business ? 'DEFERRED' : 'RELEASED',
    postedMs: order.shippedMs ?? order.updatedMs,
    identifiers: identifiersOf(order, orderId),
    maturityMs: order.business ? maturityOf(order) : null,
  };
}

/** A transaction as it stood at an instant: one whose money was held until then names its release. */
export function transactionAsOf(transaction: Transaction, ms: number): Transaction {
  const { maturityMs, identifiers } = transaction;
  if (maturityMs === null || maturityMs >= ms) return transaction;
  const orderId = identifiers.find(({ name }) => name === 'ORDER_ID')?.value ?? '';
  const release = { name: 'RELEASE_TRANSACTION_ID', value: transactionId(orderId, 'release') };
  return { ...transaction, status: 'DEFERRED_RELEASED', identifiers: [...identifiers, release] };
}

export function releaseTransaction(order: Order, orderId: string): Transaction {
  const deferredId = transactionId(orderId, 'shipment');
  return {
    ...shipmentBase(order, orderId),
    id: transactionId(orderId, 'release'),
    status: 'RELEASED',
    postedMs: maturityOf(order),
    identifiers: [
      ...identifiersOf(order, orderId),
      { name: 'DEFERRED_TRANSACTION_ID', value: deferredId },
    ],
    maturityMs: null,
  };
}

export function refundTransaction(order: Order, orderId: string): Transaction {
  const line = order.lines[0];
  const { returned } = order;
  if (!line || !returned) throw new RangeError(`order ${orderId} was not returned`);
  const net = netOf(line);
  const principal = Math.round((net * returned.units) / line.units);
  // At the rate of the sale, whatever the rate has become since.
  const commission = chargedReferralCents(line.product, principal, soldOn(order));
  const fee = Math.round(commission * REFUND_ADMINISTRATION);
  const breakdowns = [
    branch('ProductCharges', [leaf('OurPricePrincipal', -principal)]),
    branch('AmazonFees', [leaf('Commission', commission), leaf('RefundCommission', -fee)]),
  ];
  const item = itemOf(order, line, { breakdowns, units: returned.units });
  return {
    id: transactionId(orderId, 'refund'),
    type: 'Refund',
    status: 'RELEASED',
    description: 'Order Refund',
    postedMs: returned.ms,
    marketplace: order.marketplace,
    cents: item.cents,
    identifiers: [
      { name: 'ORDER_ID', value: orderId },
      { name: 'REFUND_ID', value: `${80_000_000_000_000 + order.n}` },
    ],
    items: [item],
    breakdowns,
    maturityMs: null,
  };
}

function shipmentBase(order: Order, orderId: string) {
  const items = order.lines.map((line) =>
    itemOf(order, line, { breakdowns: saleOf(order, line), units: line.units }),
  );
  return {
    type: 'Shipment' as const,
    description: `Order Payment ${orderId}`,
    marketplace: order.marketplace,
    cents: sumOf(items),
    items,
    breakdowns: merged(items.flatMap((item) => item.breakdowns ?? [])),
  };
}

/** Tax is collected and passed on by the marketplace: it shows twice and adds nothing. */
function saleOf(order: Order, line: OrderLine): Breakdown[] {
  const day = soldOn(order);
  const perUnit = order.fulfilledByAmazon ? chargedFulfilmentCents(line.product, day) : 0;
  const fulfilment = -perUnit * line.units;
  const commission = -chargedReferralCents(line.product, netOf(line), day);
  return [
    branch('ProductCharges', [leaf('OurPricePrincipal', line.units * line.unitCents)]),
    branch('PromotionalRebates', [leaf('OurPriceDiscount', -line.discountCents)]),
    branch('Tax', [
      leaf('OurPriceTax', line.taxCents),
      leaf('MarketplaceFacilitatorTax-Principal', -line.taxCents),
    ]),
    branch('AmazonFees', [
      branch('FBAPerUnitFulfillmentFee', [leaf('Base', fulfilment)]),
      branch('Commission', [leaf('Base', commission)]),
    ]),
  ].filter(({ parts }) => parts.length > 0);
}

/** The day (`YYYY-MM-DD`) by whose rates a sale is charged: that of its shipment. */
export function soldOn({ shippedMs, updatedMs }: Order): string {
  return new Date(shippedMs ?? updatedMs).toISOString().slice(0, 10);
}

export function netOf(line: OrderLine): number {
  return line.units * line.unitCents - line.discountCents;
}

function itemOf(
  order: Order,
  { product }: OrderLine,
  { breakdowns, units }: { breakdowns: readonly Breakdown[]; units: number },
): TransactionItem {
  const { title, sku, asin } = product;
  const network = order.fulfilledByAmazon ? 'AFN' : 'MFN';
  return { description: title, sku, asin, units, network, cents: sumOf(breakdowns), breakdowns };
}

function identifiersOf(order: Order, orderId: string) {
  return [
    { name: 'ORDER_ID', value: orderId },
    { name: 'SHIPMENT_ID', value: `${50_000_000_000_000 + order.n * 4}` },
  ];
}
