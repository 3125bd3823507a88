import { listTransactions } from '../amazon/transactions.js';
import { readPages } from './read-pages.js';
import type { Source } from './source.js';
import { transactionFact } from './transaction-fact.js';

/** Transactions by `listTransactions` 2024-06-19. */
export const transactionsByList: Source = {
  resource: 'transactions',
  route: 'listTransactions-2024-06-19',
  family: 'api',
  counts: 'transaction',
  concurrency: 2,
  demand: ({ calls }) => ({ listTransactions: calls }),
  async read({ client, caller }, { from, to }, sink) {
    const open = () => listTransactions(client, caller, { from, to });
    await readPages(sink, open, (page) =>
      sink.write(
        'transaction',
        page.map((transaction) => ({ data: transactionFact(transaction), raw: null })),
      ),
    );
  },
};
