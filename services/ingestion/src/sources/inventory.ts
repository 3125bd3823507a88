import { inventorySummaries } from '../amazon/inventory.js';
import { inventoryFact } from './inventory-fact.js';
import { readPages } from './read-pages.js';
import type { Source } from './source.js';

/** Today's stock, one marketplace a window. One at a time: a page token lives only 30 seconds. */
export const inventoryBySummaries: Source = {
  resource: 'inventory',
  route: 'getInventorySummaries-v1',
  family: 'api',
  counts: 'inventory',
  concurrency: 1,
  demand: ({ calls }) => ({ getInventorySummaries: calls }),
  async read({ client, caller }, { scope }, sink) {
    const open = () => inventorySummaries(client, caller, scope);
    await readPages(sink, open, (page) =>
      sink.write(
        'inventory',
        page.map((summary) => ({ data: inventoryFact(summary, scope), raw: null })),
      ),
    );
  },
};
