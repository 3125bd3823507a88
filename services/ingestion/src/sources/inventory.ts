import type { InventoryFact } from '@recoup/contracts';
import { inventorySummaries } from '../amazon/inventory.js';
import { allowed, scalars, type AllowList } from './allow-list.js';
import { goneFact, inventoryFact } from './inventory-fact.js';
import { readPages } from './read-pages.js';
import { seenKeys, type SeenKeys } from './seen-keys.js';
import type { FactSink, Source, SourceContext } from './source.js';

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
  async read(context, { scope }, sink) {
    const { client, caller } = context;
    let listed = seenKeys();
    let any = false;
    const open = () => {
      listed = seenKeys();
      return inventorySummaries(client, caller, scope);
    };
    await readPages(sink, open, async (page) => {
      const facts = page.map((summary) => ({
        data: inventoryFact(summary, scope),
        raw: allowed(summary.raw, SUMMARY),
      }));
      any ||= facts.length > 0;
      for (const { data } of facts) listed.add(keyOf(data));
      await sink.write('inventory', facts);
    });
    // An empty answer is never taken for data: that all stock is gone at once is not what it says.
    if (any) await writeGone(context.stock(scope), { listed, sink });
  },
};

/**
 * What Amazon's list names no more has no stock there: the list is complete once its last page has come. A list that broke
 * off says nothing about what it lacks.
 */
async function writeGone(
  stock: ReturnType<SourceContext['stock']>,
  { listed, sink }: { readonly listed: SeenKeys; readonly sink: FactSink },
): Promise<void> {
  for await (const last of stock) {
    if (listed.add(keyOf(last))) {
      await sink.write('inventory', [{ data: goneFact(last), raw: null }]);
    }
  }
}

function keyOf({ sku, fnsku }: InventoryFact): string {
  return JSON.stringify([sku, fnsku]);
}
