import { listFinancialEvents } from '../amazon/finances-v0.js';
import { DAY_MS, dayOf } from '../plan/interval.js';
import { financialEventDraft } from './financial-events/financial-event.js';
import { numbered } from './numbered-transactions.js';
import { readStretch } from './read-stretch.js';
import type { Source } from './source.js';
import { stretchesOf } from './stretches.js';

/**
 * Transactions by Finances v0. A day is read at a time, whatever the window: service fees have no date, and the day that
 * was asked for is all that is known of when they were charged.
 */
export const transactionsByEvents: Source = {
  resource: 'transactions',
  route: 'listFinancialEvents-v0',
  family: 'v0',
  // It knows no transaction ids, no marketplaces, and no money that is held.
  onlyWhenForced: true,
  counts: 'transaction',
  concurrency: 2,
  demand: ({ calls, from, to }) => ({ listFinancialEvents: Math.max(calls, daysOf(from, to)) }),
  async read({ client, caller }, window, sink) {
    for (const stretch of stretchesOf(window, 1)) {
      const events = await readStretch(stretch, {
        open: (part) => listFinancialEvents(client, caller, part),
        idOf: () => null,
      });
      const day = dayOf(stretch.from);
      await sink.write('transaction', numbered(events.map((one) => financialEventDraft(one, day))));
    }
  },
};

function daysOf(from: Date | undefined, to: Date | undefined): number {
  return from && to ? Math.ceil((to.getTime() - from.getTime()) / DAY_MS) : 1;
}
