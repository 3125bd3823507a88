import { searchOrders } from '../amazon/orders.js';
import { orderBuyer } from './order-buyer.js';
import { orderFact, orderItemFacts } from './order-fact.js';
import { readPages } from './read-pages.js';
import type { Source } from './source.js';

/** Orders by `searchOrders` 2026-01-01: items come with the order, and its buyer where that is turned on and allowed. */
export const ordersBySearch: Source = {
  resource: 'orders',
  route: 'searchOrders-2026-01-01',
  family: 'api',
  counts: 'order',
  concurrency: 4,
  demand: ({ calls }) => ({ searchOrders: calls }),
  async read({ client, caller, marketplaceIds, buyers }, { basis, from, to }, sink) {
    const by = basis === 'updated' ? 'updated' : 'created';
    const open = () =>
      buyers.read((withBuyers) =>
        searchOrders(client, caller, { marketplaceIds, by, from, to, withBuyers }),
      );
    await readPages(sink, open, async (orders) => {
      await sink.write('order', orders.map(orderFact));
      await sink.write('orderItem', orders.flatMap(orderItemFacts));
      sink.keepBuyers(orders.map(orderBuyer).filter((buyer) => buyer !== null));
    });
  },
};
