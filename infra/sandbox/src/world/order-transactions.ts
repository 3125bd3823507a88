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
    breakdowns: byHeading(items),
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
    branch('PromoRebates', [leaf('OurPriceDiscount', -line.discountCents)]),
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

/** What of a line of an order a transaction is about. */
export function itemOf(
  order: Order,
  { product, itemId }: OrderLine,
  { breakdowns, units }: { breakdowns: readonly Breakdown[]; units: number },
): TransactionItem {
  const { title, sku, asin, fnsku } = product;
  return {
    description: title,
    sku,
    asin,
    fnsku,
    orderItemId: itemId,
    units,
    network: order.fulfilledByAmazon ? 'AFN' : 'MFN',
    cents: sumOf(breakdowns),
    breakdowns,
  };
}

/** The whole by headings alone, as Amazon gives it: what an amount is for stands at the items only. */
export function byHeading(items: readonly TransactionItem[]): Breakdown[] {
  const headings = merged(items.flatMap((item) => item.breakdowns ?? [])).map(({ type, cents }) =>
    leaf(type, cents),
  );
  return [
    branch(
      'Sales',
      headings.filter(({ type }) => type !== 'AmazonFees'),
    ),
    branch(
      'Expenses',
      headings.filter(({ type }) => type === 'AmazonFees'),
    ),
  ].filter(({ parts }) => parts.length > 0);
}

function identifiersOf(order: Order, orderId: string) {
  return [
    { name: 'ORDER_ID', value: orderId },
    { name: 'SHIPMENT_ID', value: `${50_000_000_000_000 + order.n * 4}` },
  ];
}
