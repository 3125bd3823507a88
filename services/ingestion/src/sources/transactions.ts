import { listTransactions } from '../amazon/transactions.js';
import { DAY_MS } from '../plan/interval.js';
import { numbered } from './numbered-transactions.js';
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
      const rows = await readStretch(stretch, {
        open: (part) => listTransactions(client, caller, part),
        idOf: ({ transactionId }) => transactionId ?? null,
      });
      const drafts = rows.map((transaction) => ({
        data: transactionDraft(transaction),
        raw: rawTransaction(transaction.raw),
      }));
      await sink.write('transaction', numbered(drafts));
    }
  },
};

function daysAtOnce({ from, to, calls }: SyncWindow): number {
  const days = Math.ceil((to.getTime() - from.getTime()) / DAY_MS);
  return Math.max(1, Math.floor((days * PAGES_AT_ONCE) / Math.max(calls, PAGES_AT_ONCE)));
}
