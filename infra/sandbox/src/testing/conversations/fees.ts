import { z } from 'zod';
import { CA_ID, US_ID } from '../rig.js';
import type { Talk } from './conversation.js';

const PATH = '/products/fees/v0/feesEstimate';
const SUMMARIES = '/fba/inventory/v1/summaries';

const summaries = z.object({
  payload: z.object({
    inventorySummaries: z.array(z.object({ sellerSku: z.string(), asin: z.string() })),
  }),
});

interface Asked {
  readonly IdType?: string;
  readonly marketplaceId?: string;
  readonly currency?: string;
  readonly amount?: number;
}

/** One product of a batch, as Amazon's model wants it. */
export function feesRequest(IdValue: string, asked: Asked): object {
  const { IdType = 'SellerSKU', marketplaceId = US_ID, currency = 'USD', amount = 19.99 } = asked;
  const PriceToEstimateFees = { ListingPrice: { CurrencyCode: currency, Amount: amount } };
  const FeesEstimateRequest = {
    MarketplaceId: marketplaceId,
    IsAmazonFulfilled: true,
    PriceToEstimateFees,
    Identifier: `of ${IdValue}`,
  };
  return { FeesEstimateRequest, IdType, IdValue };
}

export const getMyFeesEstimates: Talk = async ({ ask, rig }) => {
  const here = `granularityType=Marketplace&granularityId=${US_ID}&marketplaceIds=${US_ID}`;
  const { payload } = summaries.parse((await rig.call(`${SUMMARIES}?${here}`)).json);
  const [first, second] = payload.inventorySummaries;
  const known = [
    feesRequest(first?.sellerSku ?? '', {}),
    feesRequest(second?.asin ?? '', { IdType: 'ASIN' }),
  ];
  const unknown = [
    feesRequest('NO-SUCH-SKU', {}),
    feesRequest(first?.sellerSku ?? '', { currency: 'EUR' }),
  ];
  await ask(PATH, { body: known });
  await ask(PATH, { body: [...known, ...unknown] });
  await ask(PATH, { body: Array.from({ length: 21 }, () => known[0]) });
  await ask(PATH, { body: [feesRequest('A', { marketplaceId: 'INVALIDMARKETPLACEID' })] });
  await ask(PATH, { body: [feesRequest('A', { marketplaceId: CA_ID, currency: 'CAD' })] });
  await ask(PATH, { body: { not: 'a list' } });
};
