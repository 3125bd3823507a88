import type { TransactionFact } from '@recoup/contracts';
import { z } from 'zod';
import { transactionFact, transactionsPageSchema } from './transaction-fact.js';
import { headersOf, json } from './ask-sandbox.js';

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
        headers: headersOf(token),
      });
      const { transactions, nextToken } = transactionsPageSchema.parse(answer).payload;
      facts.push(...transactions.map((one) => transactionFact(one)));
      next = nextToken ?? undefined;
    }
  }
  return facts;
}
