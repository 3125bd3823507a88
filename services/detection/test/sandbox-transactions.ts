import { transactionFactSchema, type TransactionFact } from '@recoup/contracts';
import { z } from 'zod';
import { json } from './sandbox-seller.js';

const DAY_MS = 86_400_000;
/** Amazon answers nothing for more than 180 days. */
const WINDOW_MS = 90 * DAY_MS;

/** All transactions of a seller, as facts. */
export async function readTransactions(origin: string, token: string): Promise<TransactionFact[]> {
  const { now } = z.object({ now: z.string() }).parse(await json(`${origin}/sandbox/clock`));
  const until = Date.parse(now) - 180_000;
  const facts: TransactionFact[] = [];
  for (let from = until - 5 * WINDOW_MS; from < until; from += WINDOW_MS) {
    const query = new URLSearchParams({
      postedAfter: new Date(from).toISOString(),
      postedBefore: new Date(Math.min(until, from + WINDOW_MS)).toISOString(),
    });
    for (let next: string | undefined = ''; next !== undefined;) {
      if (next !== '') query.set('nextToken', next);
      const answer = await json(`${origin}/finances/2024-06-19/transactions?${query.toString()}`, {
        headers: { 'x-amz-access-token': token, 'user-agent': 'Recoup/0.1 (Language=TypeScript)' },
      });
      const { transactions, nextToken } = pageSchema.parse(answer).payload;
      facts.push(...transactions.map((one) => transactionFact(one)));
      next = nextToken;
    }
  }
  return facts;
}

const moneyShape = z
  .object({ currencyAmount: z.number(), currencyCode: z.string() })
  .transform((one) => ({ amount: one.currencyAmount.toFixed(2), currency: one.currencyCode }));
const breakdownSchema = z.object({
  breakdownType: z.string(),
  breakdownAmount: moneyShape,
  get breakdowns() {
    return z.array(breakdownSchema);
  },
});
interface Breakdown {
  readonly breakdownType: string;
  readonly breakdownAmount: { readonly amount: string; readonly currency: string };
  readonly breakdowns: readonly unknown[];
}
const pageSchema = z.object({
  payload: z.object({
    nextToken: z.string().optional(),
    transactions: z.array(
      z.object({
        transactionId: z.string(),
        transactionType: z.string(),
        transactionStatus: z.string(),
        postedDate: z.string(),
        totalAmount: moneyShape,
        marketplaceDetails: z.object({ marketplaceId: z.string() }),
        relatedIdentifiers: z.array(
          z.object({ relatedIdentifierName: z.string(), relatedIdentifierValue: z.string() }),
        ),
        items: z.array(
          z.object({
            breakdowns: z.array(breakdownSchema).nullable(),
            contexts: z.array(z.object({ sku: z.string(), quantityShipped: z.int() })),
          }),
        ),
      }),
    ),
  }),
});
type Told = z.infer<typeof pageSchema>['payload']['transactions'][number];

function transactionFact(one: Told): TransactionFact {
  const identifiers = one.relatedIdentifiers.map((identifier) => ({
    name: identifier.relatedIdentifierName,
    value: identifier.relatedIdentifierValue,
  }));
  const orderId = identifiers.find(({ name }) => name === 'ORDER_ID')?.value ?? null;
  return transactionFactSchema.parse({
    type: one.transactionType,
    held: one.transactionStatus.startsWith('DEFERRED'),
    postedDay: one.postedDate.slice(0, 10),
    postedAt: one.postedDate,
    // Amazon's own id tells transactions apart here.
    subject: one.transactionId,
    ordinal: 0,
    total: one.totalAmount,
    items: one.items.flatMap(({ breakdowns, contexts }) =>
      contexts.map(({ sku, quantityShipped }) => ({
        sku,
        quantity: quantityShipped,
        amounts: (breakdowns ?? []).flatMap((part) => leaves(part, '')),
      })),
    ),
    amounts: [],
    orderId,
    transactionId: one.transactionId,
    status: one.transactionStatus,
    description: null,
    marketplaceId: one.marketplaceDetails.marketplaceId,
    deferredUntil: null,
    identifiers,
    asins: null,
    reason: null,
    fnskus: null,
    orderItemIds: null,
    sku: null,
  });
}

const WORDS: Readonly<Record<string, string>> = {
  OurPricePrincipal: 'Principal',
  OurPriceDiscount: 'Promotion',
  OurPriceTax: 'Tax',
};

/** The ends of a tree of breakdowns; a `Base` is of the kind that it is under. */
function leaves(part: Breakdown, above: string): object[] {
  const { breakdownType, breakdownAmount } = part;
  const parts = part.breakdowns as readonly Breakdown[];
  if (parts.length > 0) return parts.flatMap((one) => leaves(one, breakdownType));
  const type = breakdownType === 'Base' ? above : (WORDS[breakdownType] ?? breakdownType);
  return [{ ...breakdownAmount, type }];
}
