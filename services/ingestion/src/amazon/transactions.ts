import { z } from 'zod';
import { pages } from './pages.js';
import type { Caller } from './rate-limiter.js';
import type { SpApiClient } from './sp-api-client.js';
import { withRaw } from './with-raw.js';

const currencySchema = z.object({
  currencyAmount: z.union([z.number(), z.string()]),
  currencyCode: z.string().length(3),
});

const breakdownSchema = z.object({
  breakdownType: z.string(),
  breakdownAmount: currencySchema,
  get breakdowns() {
    return z.array(breakdownSchema).nullish();
  },
});
export type AmazonBreakdown = z.infer<typeof breakdownSchema>;

/**
 * A union on `contextType`, although Amazon's model declares an intersection; read are the product of an item and the
 * deferral of a transaction.
 */
const contextSchema = z.object({
  contextType: z.string().nullish(),
  sku: z.string().nullish(),
  asin: z.string().nullish(),
  quantityShipped: z.int().nullish(),
  maturityDate: z.string().nullish(),
});

/** Amazon's model requires nothing. What a transaction could not be told from others without is required here. */
const transactionShape = z.object({
  transactionId: z.string().min(1).nullish(),
  transactionType: z.string().min(1),
  transactionStatus: z.string().nullish(),
  description: z.string().nullish(),
  postedDate: z.string(),
  totalAmount: currencySchema.nullish(),
  marketplaceDetails: z.object({ marketplaceId: z.string().nullish() }).nullish(),
  sellingPartnerMetadata: z
    .object({ sellingPartnerId: z.string().nullish(), marketplaceId: z.string().nullish() })
    .nullish(),
  relatedIdentifiers: z
    .array(
      z.object({
        relatedIdentifierName: z.string().nullish(),
        relatedIdentifierValue: z.string().nullish(),
      }),
    )
    .nullish(),
  items: z
    .array(
      z.object({
        totalAmount: currencySchema.nullish(),
        breakdowns: z.array(breakdownSchema).nullish(),
        contexts: z.array(contextSchema).nullish(),
      }),
    )
    .nullish(),
  breakdowns: z.array(breakdownSchema).nullish(),
  contexts: z.array(contextSchema).nullish(),
});

export const amazonTransactionSchema = withRaw(transactionShape);
export type AmazonTransaction = z.infer<typeof amazonTransactionSchema>;

export const listTransactionsSchema = z.object({
  payload: z.object({
    transactions: z.array(amazonTransactionSchema).nullish(),
    nextToken: z.string().nullish(),
  }),
});

/**
 * Transactions posted in [from, to), page by page, of all the seller's marketplaces. The caller keeps windows under 180
 * days: for a longer one Amazon answers nothing, and no error.
 */
export function listTransactions(
  client: SpApiClient,
  caller: Caller,
  { from, to }: { readonly from: Date; readonly to: Date },
): AsyncGenerator<readonly AmazonTransaction[]> {
  return pages(async (nextToken) => {
    const query = {
      postedAfter: from.toISOString(),
      postedBefore: to.toISOString(),
      nextToken,
    };
    const call = { operation: 'listTransactions', query } as const;
    const { payload } = await client.call(caller, call, listTransactionsSchema);
    return { rows: payload.transactions ?? [], nextToken: payload.nextToken ?? null };
  });
}
