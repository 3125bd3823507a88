import { customerReturnFact } from './customer-return-fact.js';
import { reportSource } from './report-source.js';

/** What customers sent back. A row is known by its instant, so days need no care: one told twice is the same fact. */
export const returnsByReport = reportSource({
  resource: 'returns',
  reportType: 'GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA',
  kind: 'customerReturn',
  toFact: customerReturnFact,
});
