import { listTransactions } from '../amazon/transactions.js';
import { readPages } from './read-pages.js';
import type { Source } from './source.js';
import { transactionFact } from './transaction-fact.js';

/** Transactions by `listTransactions` 2024-06-19. */
export const transactionsByList: Source = {
  resource: 'transactions',
  route: 'listTransactions-2024-06-19',
  concurrency: 2,
  demand: ({ calls }) => ({ listTransactions: calls }),
  async read({ client, caller }, { from, to }) {
    const open = () => listTransactions(client, caller, { from, to });
    return { kind: 'transaction', rows: await readPages(open, transactionFact) };
  },
};
