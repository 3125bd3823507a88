import type { GivenFact } from '@recoup/facts';
import { ORDERS_PER_PAGE } from '../amazon/orders.js';
import { getOrderItems, getOrders, type V0Order } from '../amazon/orders-v0.js';
import { orderV0Buyer } from './order-v0-buyer.js';
import { orderItemV0Facts, orderV0Fact } from './order-v0-fact.js';
import { readPages } from './read-pages.js';
import type { Source, SourceContext } from './source.js';

/** Lines are asked for by several calls at once: waiting for each answer must not cost more than the rate does. */
const CALLS_AT_ONCE = 8;

/**
 * Orders by `getOrders` v0, with their buyers where that is turned on and allowed, and for each order a call of `getOrderItems`: what sellers' applications did before
 * 2026-01-01, and what remains where its successor is not to be had.
 */
export const ordersByV0: Source = {
  resource: 'orders',
  route: 'getOrders-v0',
  family: 'v0',
  counts: 'order',
  concurrency: 2,
  demand: ({ calls, expected }) => ({
    getOrders: calls,
    // Where nobody counted the orders, pages are taken for full.
    getOrderItems: expected ?? calls * ORDERS_PER_PAGE,
  }),
  async read(context, { basis, from, to }, sink) {
    const { client, caller, marketplaceIds, buyers } = context;
    const by = basis === 'updated' ? 'updated' : 'created';
    const open = () =>
      buyers.read((withBuyers) =>
        getOrders(client, caller, { marketplaceIds, by, from, to, withBuyers }),
      );
    await readPages(sink, open, async (orders) => {
      const lines = await linesOf(context, orders);
      await sink.write('order', orders.map(orderV0Fact));
      await sink.write('orderItem', lines);
      sink.keepBuyers(orders.map(orderV0Buyer).filter((buyer) => buyer !== null));
    });
  },
};

async function linesOf(
  { client, caller }: SourceContext,
  orders: readonly V0Order[],
): Promise<GivenFact<'orderItem'>[]> {
  const queue = orders.map(({ AmazonOrderId }) => AmazonOrderId);
  const lines: GivenFact<'orderItem'>[] = [];
  async function work(): Promise<void> {
    for (let orderId = queue.shift(); orderId !== undefined; orderId = queue.shift()) {
      try {
        const items = await getOrderItems(client, caller, orderId);
        lines.push(...orderItemV0Facts(orderId, items));
      } catch (error) {
        queue.length = 0; // the neighbours finish the call they make and begin no other
        throw error;
      }
    }
  }
  const failed = (await Promise.allSettled(Array.from({ length: CALLS_AT_ONCE }, work))).find(
    (result) => result.status === 'rejected',
  );
  if (failed) throw failed.reason;
  return lines;
}
