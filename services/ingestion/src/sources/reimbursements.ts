import { readReport } from './read-report.js';
import { reimbursementFact } from './reimbursement-fact.js';
import type { Source } from './source.js';

/** Reimbursements by their report: Amazon has no endpoint for them. */
export const reimbursementsByReport: Source = {
  resource: 'reimbursements',
  route: 'GET_FBA_REIMBURSEMENTS_DATA',
  concurrency: 2,
  demand: () => ({ createReport: 1, getReport: 1, getReportDocument: 1 }),
  async read(context, window) {
    const reading = {
      reportType: 'GET_FBA_REIMBURSEMENTS_DATA',
      toFact: reimbursementFact,
    } as const;
    return { kind: 'reimbursement', rows: await readReport(context, window, reading) };
  },
};
