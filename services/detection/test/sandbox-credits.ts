import { transactionFactSchema, type TransactionFact } from '@recoup/contracts';
import { z } from 'zod';

const money = z.object({ currencyAmount: z.number(), currencyCode: z.string() });
const pageSchema = z.object({
  payload: z.object({
    transactions: z.array(
      z.object({
        transactionId: z.string(),
        transactionType: z.string(),
        transactionStatus: z.string(),
        postedDate: z.string(),
        totalAmount: money,
        items: z.array(z.object({ contexts: z.array(z.object({ sku: z.string().optional() })) })),
      }),
    ),
    nextToken: z.string().nullish(),
  }),
});
type Told = z.infer<typeof pageSchema>['payload']['transactions'][number];

/** Days that Amazon answers at once: more, and it answers nothing. */
const AT_ONCE = 170;
const DAY_MS = 86_400_000;
/** Amazon answers nothing of the last two minutes. */
const TOO_FRESH_MS = 180_000;

/** What Amazon credits for stock, and takes back, in the days before an instant, as facts. */
export async function readCredits(
  get: (path: string) => Promise<unknown>,
  { until, days }: { readonly until: Date; readonly days: number },
): Promise<readonly TransactionFact[]> {
  const told: Told[] = [];
  const end = until.getTime() - TOO_FRESH_MS;
  for (let from = end - days * DAY_MS; from < end; from += AT_ONCE * DAY_MS) {
    const to = Math.min(from + AT_ONCE * DAY_MS, end);
    const query = new URLSearchParams({
      postedAfter: new Date(from).toISOString(),
      postedBefore: new Date(to).toISOString(),
    });
    for (let next: string | null | undefined = ''; next !== null && next !== undefined;) {
      if (next !== '') query.set('nextToken', next);
      const { payload } = pageSchema.parse(
        await get(`/finances/2024-06-19/transactions?${query.toString()}`),
      );
      told.push(
        ...payload.transactions.filter(({ transactionType }) => transactionType === OF_STOCK),
      );
      next = payload.nextToken;
    }
  }
  return told.map(creditFact);
}

const OF_STOCK = 'FBAInventoryReimbursement';

function creditFact(told: Told): TransactionFact {
  const total = {
    amount: told.totalAmount.currencyAmount.toFixed(2),
    currency: told.totalAmount.currencyCode,
  };
  const skus = told.items.flatMap(({ contexts }) => contexts.flatMap(({ sku }) => sku ?? []));
  return transactionFactSchema.parse({
    type: 'Adjustment',
    held: told.transactionStatus !== 'RELEASED',
    postedDay: told.postedDate.slice(0, 10),
    subject: told.transactionId,
    ordinal: 0,
    total,
    items: skus.map((sku) => ({ sku, quantity: null, amounts: [] })),
    amounts: [{ type: OF_STOCK, ...total }],
    postedAt: told.postedDate,
    orderId: null,
    transactionId: told.transactionId,
    status: told.transactionStatus,
    description: null,
    marketplaceId: null,
    deferredUntil: null,
    identifiers: null,
    asins: null,
    reason: null,
    fnskus: null,
    orderItemIds: null,
    sku: null,
  });
}
