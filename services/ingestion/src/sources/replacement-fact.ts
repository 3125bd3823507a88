import type { ReplacementFact } from '@recoup/contracts';
import type { ReportRow } from '../amazon/tab-separated.js';
import { instantOf } from './instant.js';
import { cellsOf } from './report-cell.js';

/** Units sent in place of others, from a row of GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA. */
export function replacementFact(row: ReportRow): ReplacementFact {
  const cells = cellsOf(row);
  return {
    shippedAt: instantOf(cells.text('shipment_date'), 'shipment-date'),
    sku: cells.text('sku'),
    asin: cells.text('asin'),
    fulfillmentCenter: cells.text('fulfillment_center_id'),
    originalFulfillmentCenter: cells.maybeText('original_fulfillment_center_id'),
    quantity: cells.int('quantity'),
    reasonCode: cells.text('replacement_reason_code'),
    replacementOrderId: cells.text('replacement_amazon_order_id'),
    originalOrderId: cells.text('original_amazon_order_id'),
  };
}
