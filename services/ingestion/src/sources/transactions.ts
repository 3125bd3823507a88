import { listTransactions, type AmazonTransaction } from '../amazon/transactions.js';
import { DAY_MS } from '../plan/interval.js';
import { numbered, type DraftTransaction } from './numbered-transactions.js';
import { rawTransaction } from './raw-transactions.js';
import { readStretch } from './read-stretch.js';
import type { Source, SyncWindow } from './source.js';
import { stretchesOf } from './stretches.js';
import { transactionDraft } from './transaction-fact.js';

/** Pages held in memory until their twins are numbered; a day is the least, since twins lie within one. */
const PAGES_AT_ONCE = 20;

/** Transactions by `listTransactions` 2024-06-19. */
export const transactionsByList: Source = {
  resource: 'transactions',
  route: 'listTransactions-2024-06-19',
  family: 'api',
  counts: 'transaction',
  concurrency: 2,
  demand: ({ calls }) => ({ listTransactions: calls }),
  async read({ client, caller }, window, sink) {
    for (const stretch of stretchesOf(window, daysAtOnce(window))) {
      const drafts = await readStretch(stretch, {
        open: (part) => draftsOf(listTransactions(client, caller, part)),
        idOf: ({ data }) => data.transactionId,
      });
      await sink.write('transaction', numbered(drafts));
    }
  },
};

/** Page by page: Amazon's own words are several times as large, and a day of a large seller has forty pages. */
async function* draftsOf(
  pages: AsyncIterable<readonly AmazonTransaction[]>,
): AsyncGenerator<readonly DraftTransaction[]> {
  for await (const page of pages) {
    yield page.map((transaction) => ({
      data: transactionDraft(transaction),
      raw: rawTransaction(transaction.raw),
    }));
  }
}

function daysAtOnce({ from, to, calls }: SyncWindow): number {
  const days = Math.ceil((to.getTime() - from.getTime()) / DAY_MS);
  return Math.max(1, Math.floor((days * PAGES_AT_ONCE) / Math.max(calls, PAGES_AT_ONCE)));
}
