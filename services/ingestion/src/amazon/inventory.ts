import { z } from 'zod';
import { pages } from './pages.js';
import type { Caller } from './rate-limiter.js';
import type { SpApiClient } from './sp-api-client.js';
import { withRaw } from './with-raw.js';

const count = z.int().nullish();

export const inventorySummarySchema = withRaw(
  z.object({
    asin: z.string().nullish(),
    fnSku: z.string().nullish(),
    sellerSku: z.string().nullish(),
    condition: z.string().nullish(),
    productName: z.string().nullish(),
    lastUpdatedTime: z.string().nullish(),
    totalQuantity: z.int(),
    inventoryDetails: z
      .object({
        fulfillableQuantity: count,
        inboundWorkingQuantity: count,
        inboundShippedQuantity: count,
        inboundReceivingQuantity: count,
        reservedQuantity: z.object({ totalReservedQuantity: count }).nullish(),
        researchingQuantity: z.object({ totalResearchingQuantity: count }).nullish(),
        unfulfillableQuantity: z.object({ totalUnfulfillableQuantity: count }).nullish(),
      })
      .nullish(),
  }),
);
export type InventorySummary = z.infer<typeof inventorySummarySchema>;

export const inventorySummariesSchema = z.object({
  payload: z.object({ inventorySummaries: z.array(inventorySummarySchema) }),
  // Beside the payload, not in it.
  pagination: z.object({ nextToken: z.string().nullish() }).nullish(),
});

/** Pages seen in practice; Amazon's model names no size. Used for estimates only. */
export const SUMMARIES_PER_PAGE = 50;

/** Today's stock in one marketplace. A page token lives 30 seconds, so pages are to be read without a pause. */
export function inventorySummaries(
  client: SpApiClient,
  caller: Caller,
  marketplaceId: string,
): AsyncGenerator<readonly InventorySummary[]> {
  return pages(async (nextToken) => {
    const query = {
      details: true,
      granularityType: 'Marketplace',
      granularityId: marketplaceId,
      marketplaceIds: [marketplaceId],
      nextToken,
    };
    const call = { operation: 'getInventorySummaries', query } as const;
    const answer = await client.call(caller, call, inventorySummariesSchema);
    return {
      rows: answer.payload.inventorySummaries,
      nextToken: answer.pagination?.nextToken ?? null,
    };
  });
}
