import { ledgerSummaryFact } from './ledger-summary-fact.js';
import { reportSource } from './report-source.js';
import type { SyncWindow } from './source.js';

/**
 * Balances of stock by month and fulfilment centre. Claims need them to prove a running balance and the average stock that a
 * storage fee (by centre and month) is charged on; by day they would be thirty times as many and say no more than the ledger.
 */
export const ledgerSummaryByReport = reportSource({
  resource: 'ledgerSummary',
  reportType: 'GET_LEDGER_SUMMARY_VIEW_DATA',
  reportOptions: { aggregateByLocation: 'FC', aggregatedByTimePeriod: 'MONTHLY' },
  kind: 'ledgerSummary',
  // A month that is asked for in part is summed up in part, and its row would replace that of the whole one.
  asked: ({ from, to }, now) => ({
    from: firstOfMonth(from),
    to: new Date(Math.min(firstOfMonth(to, 1).getTime(), now.getTime())),
  }),
  toFact(row, window) {
    const fact = ledgerSummaryFact(row);
    return fact.day >= monthOf(window) ? fact : null;
  },
});

/** Reports round outward: a part of the month before may come along. */
function monthOf({ from }: SyncWindow): string {
  return firstOfMonth(from).toISOString().slice(0, 10);
}

function firstOfMonth(instant: Date, later = 0): Date {
  return new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth() + later, 1));
}
