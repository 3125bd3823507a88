import { maturityOf } from './order-transactions.js';
import type { Order } from './order.js';
import { disputedMs, refundParts } from './refund-transactions.js';

/** When an order's transactions are posted, as far as that is before an instant. */
export function orderTransactionTimes(order: Order, endMs: number): number[] {
  const { shippedMs, returned } = order;
  if (shippedMs === null) return [];
  const released = order.business ? [maturityOf(order)] : [];
  const refunded = returned ? refundParts(order).map(() => returned.ms) : [];
  const disputed = disputedMs(order);
  return [shippedMs, ...released, ...refunded, ...(disputed === null ? [] : [disputed])].filter(
    (ms) => ms < endMs,
  );
}
