import { dayOf, startOfMonth } from '../plan/interval.js';
import { ledgerSummaryFact } from './ledger-summary-fact.js';
import { reportSource } from './report-source.js';

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
    from: startOfMonth(from),
    to: new Date(Math.min(startOfMonth(to, 1).getTime(), now.getTime())),
  }),
  toFact(row, window) {
    const fact = ledgerSummaryFact(row);
    // Reports round outward: a part of the month before may come along.
    return fact.day >= dayOf(startOfMonth(window.from)) ? fact : null;
  },
});
