import type { CustomerReturnFact } from '@recoup/contracts';
import type { ReportRow } from '../amazon/tab-separated.js';
import { instantOf } from './instant.js';
import { cellsOf } from './report-cell.js';

/**
 * Units that came back, from a row of GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA. The column `customer-comments` is left
 * alone: it is what a buyer wrote, and no claim needs it.
 */
export function customerReturnFact(row: ReportRow): CustomerReturnFact {
  const cells = cellsOf(row);
  return {
    returnedAt: instantOf(cells.text('return_date'), 'return-date'),
    orderId: cells.text('order_id'),
    sku: cells.text('sku'),
    asin: cells.text('asin'),
    fnsku: cells.text('fnsku'),
    productName: cells.text('product_name'),
    quantity: cells.int('quantity'),
    fulfillmentCenter: cells.text('fulfillment_center_id'),
    disposition: cells.text('detailed_disposition'),
    reason: cells.text('reason'),
    status: cells.maybeText('status'),
    licensePlateNumber: cells.maybeText('license_plate_number'),
  };
}
