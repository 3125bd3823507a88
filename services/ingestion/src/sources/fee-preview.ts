import { feePreviewFact } from './fee-preview-fact.js';
import { reportSource } from './report-source.js';

/** Amazon makes no preview for a time that began less than 72 hours ago; an hour is for clocks that differ. */
const LEAD_MS = 73 * 3_600_000;

/** What Amazon states to charge for each product today, with the measures it charges by. */
export const feePreviewByReport = reportSource({
  resource: 'feePreview',
  reportType: 'GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA',
  kind: 'feePreview',
  asked: ({ from, to }) => ({ from: new Date(from.getTime() - LEAD_MS), to }),
  toFact: (row, { scope }) => feePreviewFact(row, scope),
});
