import { dayOf } from '../plan/interval.js';
import { ledgerFact } from './ledger-fact.js';
import { reportSource } from './report-source.js';

/** Movements of stock by the ledger detail report. */
export const ledgerByReport = reportSource({
  resource: 'ledger',
  reportType: 'GET_LEDGER_DETAIL_VIEW_DATA',
  kind: 'ledger',
  toFact(row, window) {
    const fact = ledgerFact(row);
    // A row has no id: its identity counts equals within the day, so no day may come in two windows. Reports round
    // outward, in the seller's time zone, and may bring a day of the neighbour.
    const first = dayOf(window.from);
    const last = dayOf(new Date(window.to.getTime() - 1));
    return fact.day >= first && fact.day <= last ? fact : null;
  },
});
