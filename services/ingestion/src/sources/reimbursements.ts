import { reimbursementFact } from './reimbursement-fact.js';
import { reportSource } from './report-source.js';

/** Reimbursements by their report: Amazon has no endpoint for them. */
export const reimbursementsByReport = reportSource({
  resource: 'reimbursements',
  reportType: 'GET_FBA_REIMBURSEMENTS_DATA',
  kind: 'reimbursement',
  toFact: reimbursementFact,
});
