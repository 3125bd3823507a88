import type { RemovalOrderFact, RemovalShipmentFact } from '@recoup/contracts';
import type { ReportRow } from '../amazon/tab-separated.js';
import { instantOf } from './instant.js';
import { cellsOf } from './report-cell.js';
import { reportDecimal } from './report-decimal.js';

/** A line of a removal order, from a row of GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA. */
export function removalOrderFact(row: ReportRow): RemovalOrderFact {
  const cells = cellsOf(row);
  const updated = cells.maybeText('last_updated_date');
  const fee = cells.maybeText('removal_fee');
  return {
    requestedAt: instantOf(cells.text('request_date'), 'request-date'),
    orderId: cells.text('order_id'),
    orderType: cells.text('order_type'),
    serviceSpeed: cells.maybeText('service_speed'),
    status: cells.text('order_status'),
    updatedAt: updated === null ? null : instantOf(updated, 'last-updated-date'),
    sku: cells.text('sku'),
    fnsku: cells.text('fnsku'),
    disposition: cells.text('disposition'),
    requestedQuantity: cells.int('requested_quantity'),
    cancelledQuantity: cells.maybeInt('cancelled_quantity'),
    disposedQuantity: cells.maybeInt('disposed_quantity'),
    shippedQuantity: cells.maybeInt('shipped_quantity'),
    inProcessQuantity: cells.maybeInt('in_process_quantity'),
    fee: fee === null ? null : reportDecimal(fee, 'removal-fee'),
    currency: cells.maybeText('currency'),
  };
}

/** Units that left in a parcel, from a row of GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA. */
export function removalShipmentFact(row: ReportRow): RemovalShipmentFact {
  const cells = cellsOf(row);
  return {
    requestedAt: instantOf(cells.text('request_date'), 'request-date'),
    orderId: cells.text('order_id'),
    shippedAt: instantOf(cells.text('shipment_date'), 'shipment-date'),
    sku: cells.text('sku'),
    fnsku: cells.text('fnsku'),
    disposition: cells.text('disposition'),
    quantity: cells.int('shipped_quantity'),
    carrier: cells.maybeText('carrier'),
    trackingNumber: cells.maybeText('tracking_number'),
    orderType: cells.maybeText('removal_order_type'),
  };
}
