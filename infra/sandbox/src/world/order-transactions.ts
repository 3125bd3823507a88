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
const COMMISSION = 0.15;
/** Amazon keeps this share of the commission when an order is refunded. */
const REFUND_ADMINISTRATION = 0.2;

/** How many transactions an order has brought about by the end of the world. */
export function orderTransactionCount(order: Order, endMs: number): number {
  if (order.shippedMs === null) return 0;
  const released = order.business && maturityOf(order) < endMs ? 1 : 0;
  return 1 + released + (order.returned ? 1 : 0);
}

export function maturityOf(order: Order): number {
  return (order.shippedMs ?? order.updatedMs) + DEFERRED_DAYS * DAY_MS;
}

/** What a shipment brings. A business order's is deferred first; its release is a transaction of its own. */
export function shipmentTransaction(order: Order, orderId: string, endMs: number): Transaction {
  const deferred = order.business;
  const released = maturityOf(order) < endMs;
  const releaseId = transactionId(orderId, 'release');
  return {
    ...shipmentBase(order, orderId),
    id: transactionId(orderId, 'shipment'),
    status: !deferred ? 'RELEASED' : released ? 'DEFERRED_RELEASED' : 'DEFERRED',
    postedMs: order.shippedMs ?? order.updatedMs,
    identifiers: [
      ...identifiersOf(order, orderId),
      ...(deferred && released ? [{ name: 'RELEASE_TRANSACTION_ID', value: releaseId }] : []),
    ],
    maturityMs: deferred ? maturityOf(order) : null,
  };
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
  const commission = Math.round(principal * COMMISSION);
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
  const fulfilment = order.fulfilledByAmazon ? -line.product.fbaFeeCents * line.units : 0;
  const commission = -Math.round(netOf(line) * COMMISSION);
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

function netOf(line: OrderLine): number {
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
