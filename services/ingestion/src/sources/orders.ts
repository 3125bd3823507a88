import { searchOrders } from '../amazon/orders.js';
import { orderFact } from './order-fact.js';
import { readPages } from './read-pages.js';
import type { Source } from './source.js';

/** Orders by `searchOrders` 2026-01-01: items come with the order, and nothing about the buyer is asked for. */
export const ordersBySearch: Source = {
  resource: 'orders',
  route: 'searchOrders-2026-01-01',
  concurrency: 4,
  demand: ({ calls }) => ({ searchOrders: calls }),
  async read({ client, caller, marketplaceIds }, { basis, from, to }) {
    const by = basis === 'updated' ? 'updated' : 'created';
    const open = () => searchOrders(client, caller, { marketplaceIds, by, from, to });
    return { kind: 'order', rows: await readPages(open, orderFact) };
  },
};
