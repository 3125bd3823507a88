import { replacementFact } from './replacement-fact.js';
import { reportSource } from './report-source.js';

/** What was sent to customers once more, free of charge. */
export const replacementsByReport = reportSource({
  resource: 'replacements',
  reportType: 'GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA',
  kind: 'replacement',
  toFact: replacementFact,
});
