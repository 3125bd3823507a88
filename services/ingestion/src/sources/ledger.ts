import { ledgerFact } from './ledger-fact.js';
import { readReport } from './read-report.js';
import type { Source } from './source.js';

/** Movements of stock by the ledger detail report. */
export const ledgerByReport: Source = {
  resource: 'ledger',
  route: 'GET_LEDGER_DETAIL_VIEW_DATA',
  concurrency: 4,
  demand: () => ({ createReport: 1, getReport: 1, getReportDocument: 1 }),
  async read(context, window) {
    const reading = { reportType: 'GET_LEDGER_DETAIL_VIEW_DATA', toFact: ledgerFact } as const;
    const rows = await readReport(context, window, reading);
    // A row has no id: its identity counts equals within the day, so no day may come in two windows. Reports round
    // outward, in the seller's time zone, and may bring a day of the neighbour.
    const first = window.from.toISOString().slice(0, 10);
    const last = new Date(window.to.getTime() - 1).toISOString().slice(0, 10);
    return { kind: 'ledger', rows: rows.filter(({ day }) => day >= first && day <= last) };
  },
};
