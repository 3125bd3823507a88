import { transactionFactSchema, type TransactionFact } from '@recoup/contracts';
import { z } from 'zod';

const breakdownSchema = z.object({
  breakdownType: z.string(),
  breakdownAmount: z.object({ currencyAmount: z.number(), currencyCode: z.string() }),
  get breakdowns() {
    return z.array(breakdownSchema);
  },
});
type Breakdown = z.infer<typeof breakdownSchema>;

export const transactionsPageSchema = z.object({
  payload: z.object({
    nextToken: z.string().nullish(),
    transactions: z.array(
      z.object({
        transactionType: z.string(),
        transactionStatus: z.string(),
        transactionId: z.string(),
        postedDate: z.string(),
        totalAmount: z.object({ currencyAmount: z.number(), currencyCode: z.string() }),
        marketplaceDetails: z.object({ marketplaceId: z.string() }),
        relatedIdentifiers: z.array(
          z.object({ relatedIdentifierName: z.string(), relatedIdentifierValue: z.string() }),
        ),
        items: z.array(
          z.object({
            contexts: z.array(z.object({ sku: z.string(), quantityShipped: z.int() })),
            breakdowns: z.array(breakdownSchema).nullable(),
          }),
        ),
        breakdowns: z.array(breakdownSchema),
      }),
    ),
  }),
});
type Transaction = z.infer<typeof transactionsPageSchema>['payload']['transactions'][number];

/** The words of the facts for those of the simulated Amazon. */
const WORDS: Readonly<Record<string, string>> = {
  OurPricePrincipal: 'Principal',
  OurPriceTax: 'Tax',
  OurPriceDiscount: 'Promotion',
  RestockingDeductionPrincipal: 'RestockingFee',
  GoodwillPrincipal: 'Goodwill',
};

/** A transaction as facts hold it. Amazon's own id tells transactions apart here. */
export function transactionFact(one: Transaction): TransactionFact {
  const { transactionId, postedDate, transactionStatus, totalAmount } = one;
  const identifiers = one.relatedIdentifiers.map((identifier) => ({
    name: identifier.relatedIdentifierName,
    value: identifier.relatedIdentifierValue,
  }));
  return transactionFactSchema.parse({
    type: one.transactionType,
    held: transactionStatus.startsWith('DEFERRED'),
    postedDay: postedDate.slice(0, 10),
    subject: transactionId,
    ordinal: 0,
    total: moneyOf(totalAmount),
    items: one.items.flatMap(({ contexts: [product], breakdowns }) =>
      product
        ? [
            {
              sku: product.sku,
              quantity: product.quantityShipped,
              amounts: (breakdowns ?? []).flatMap((each) => leaves(each, '')),
            },
          ]
        : [],
    ),
    amounts: one.items.length > 0 ? [] : one.breakdowns.flatMap((each) => leaves(each, '')),
    postedAt: postedDate,
    orderId: identifiers.find(({ name }) => name === 'ORDER_ID')?.value ?? null,
    identifiers,
    ...{ transactionId, status: transactionStatus, description: null },
    marketplaceId: one.marketplaceDetails.marketplaceId,
    ...{ deferredUntil: null, asins: null, reason: null },
    ...{ fnskus: null, orderItemIds: null, sku: null },
  });
}

/** The ends of a tree. One that is called `Base` only says that it is what is above it. */
function leaves(one: Breakdown, above: string): object[] {
  const { breakdownType: type, breakdownAmount, breakdowns } = one;
  if (breakdowns.length > 0) return breakdowns.flatMap((part) => leaves(part, type));
  return [{ type: type === 'Base' ? above : (WORDS[type] ?? type), ...moneyOf(breakdownAmount) }];
}

function moneyOf({ currencyAmount, currencyCode }: Transaction['totalAmount']) {
  return { amount: currencyAmount.toFixed(2), currency: currencyCode };
}
