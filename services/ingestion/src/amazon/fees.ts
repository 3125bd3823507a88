import { z } from 'zod';
import { UnexpectedAnswer } from './errors.js';
import type { Caller } from './rate-limiter.js';
import type { SpApiClient } from './sp-api-client.js';

/** Products that Amazon takes in one call. */
export const FEES_PER_CALL = 20;

const feeMoney = z.object({ CurrencyCode: z.string(), Amount: z.number() });

const feeDetailSchema = z.object({
  FeeType: z.string(),
  FeeAmount: feeMoney,
  FeePromotion: feeMoney.nullish(),
  TaxAmount: feeMoney.nullish(),
  FinalFee: feeMoney,
  get IncludedFeeDetailList() {
    return z.array(feeDetailSchema).nullish();
  },
});
export type AmazonFeeDetail = z.infer<typeof feeDetailSchema>;

/**
 * An answer for each product that was asked. The time of the estimate is not read: it is that of our asking, and Amazon
 * writes it in more than one form.
 */
export const feesEstimatesSchema = z.array(
  z.object({
    /** `Success`, `ClientError` or `ServiceError`. */
    Status: z.string(),
    FeesEstimateIdentifier: z.object({ SellerInputIdentifier: z.string().nullish() }).nullish(),
    FeesEstimate: z
      .object({
        TotalFeesEstimate: feeMoney.nullish(),
        FeeDetailList: z.array(feeDetailSchema).nullish(),
      })
      .nullish(),
    Error: z.object({ Code: z.string().nullish(), Message: z.string().nullish() }).nullish(),
  }),
);
export type AmazonFeesEstimate = z.infer<typeof feesEstimatesSchema>[number];

export interface FeesQuestion {
  readonly marketplaceId: string;
  /** What a product is asked and answered by. */
  readonly sku: string;
  readonly price: { readonly amount: string; readonly currency: string };
}

/** One product of a batch. By SKU, not by ASIN: then Amazon reckons with the size that it measured (its own model says so). */
export function feesRequest({ marketplaceId, sku, price }: FeesQuestion): object {
  return {
    FeesEstimateRequest: {
      MarketplaceId: marketplaceId,
      IsAmazonFulfilled: true,
      PriceToEstimateFees: {
        // Amazon wants a number; a price has too few digits to lose any by it.
        ListingPrice: { CurrencyCode: price.currency, Amount: Number(price.amount) },
      },
      Identifier: sku,
    },
    IdType: 'SellerSKU',
    IdValue: sku,
  };
}

/**
 * Asks what units of up to twenty products would be charged when Amazon fulfils them. Answers by SKU; a product that
 * Amazon passes over has none. Throws what the client throws, and UnexpectedAnswer when no answer is for one of them.
 */
export async function feesEstimates(
  client: SpApiClient,
  caller: Caller,
  questions: readonly FeesQuestion[],
): Promise<ReadonlyMap<string, AmazonFeesEstimate>> {
  const call = { operation: 'getMyFeesEstimates', body: questions.map(feesRequest) } as const;
  const answers = await client.call(caller, call, feesEstimatesSchema);
  const asked = new Set(questions.map(({ sku }) => sku));
  const bySku = new Map<string, AmazonFeesEstimate>();
  for (const answer of answers) {
    const sku = answer.FeesEstimateIdentifier?.SellerInputIdentifier;
    if (typeof sku === 'string' && asked.has(sku)) bySku.set(sku, answer);
  }
  if (bySku.size > 0 || asked.size === 0) return bySku;
  throw new UnexpectedAnswer('getMyFeesEstimates: no answer is for a product that was asked for');
}
