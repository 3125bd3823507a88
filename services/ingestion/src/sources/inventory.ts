import { inventorySummaries } from '../amazon/inventory.js';
import { allowed, scalars, type AllowList } from './allow-list.js';
import { inventoryFact } from './inventory-fact.js';
import { readPages } from './read-pages.js';
import type { Source } from './source.js';

/** What is kept of a summary in Amazon's own words: the parts of what is reserved, researched and not sellable. */
const SUMMARY: AllowList = {
  ...scalars('asin', 'fnSku', 'sellerSku', 'condition', 'lastUpdatedTime', 'productName'),
  ...scalars('totalQuantity', 'stores'),
  inventoryDetails: {
    ...scalars('fulfillableQuantity', 'inboundWorkingQuantity', 'inboundShippedQuantity'),
    ...scalars('inboundReceivingQuantity'),
    reservedQuantity: scalars(
      'totalReservedQuantity',
      'pendingCustomerOrderQuantity',
      'pendingTransshipmentQuantity',
      'fcProcessingQuantity',
    ),
    researchingQuantity: {
      totalResearchingQuantity: true,
      researchingQuantityBreakdown: scalars('name', 'quantity'),
    },
    unfulfillableQuantity: scalars(
      ...(['totalUnfulfillableQuantity', 'customerDamagedQuantity', 'expiredQuantity'] as const),
      ...(['warehouseDamagedQuantity', 'distributorDamagedQuantity'] as const),
      ...(['carrierDamagedQuantity', 'defectiveQuantity'] as const),
    ),
  },
};

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
        page.map((summary) => ({
          data: inventoryFact(summary, scope),
          raw: allowed(summary.raw, SUMMARY),
        })),
      ),
    );
  },
};
