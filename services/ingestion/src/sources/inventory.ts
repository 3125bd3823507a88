import { inventorySummaries } from '../amazon/inventory.js';
import { inventoryFact } from './inventory-fact.js';
import { readPages } from './read-pages.js';
import type { Source } from './source.js';

/** Today's stock, one marketplace a window. One at a time: a page token lives only 30 seconds. */
export const inventoryBySummaries: Source = {
  resource: 'inventory',
  route: 'getInventorySummaries-v1',
  concurrency: 1,
  demand: ({ calls }) => ({ getInventorySummaries: calls }),
  async read({ client, caller }, { scope }) {
    const open = () => inventorySummaries(client, caller, scope);
    const rows = await readPages(open, (summary) => inventoryFact(summary, scope));
    return { kind: 'inventory', rows };
  },
};
