import {
  customerReturnFactSchema,
  ledgerFactSchema,
  reimbursementFactSchema,
  removalOrderFactSchema,
  removalShipmentFactSchema,
  replacementFactSchema,
  type CustomerReturnFact,
  type LedgerFact,
  type ReimbursementFact,
  type RemovalOrderFact,
  type RemovalShipmentFact,
  type ReplacementFact,
} from '@recoup/contracts';

/** A row of a report of the simulated Amazon, by the names of its columns, in small letters with underscores. */
export type Row = Readonly<Record<string, string>>;

const int = (text: string | undefined): number | null => (text ? Number(text) : null);

export function ledgerFact(row: Row): LedgerFact {
  const [month, day, year] = (row['date'] ?? '').split('/');
  return ledgerFactSchema.parse({
    day: year === undefined ? row['date'] : `${year}-${month}-${day}`,
    fnsku: row['fnsku'],
    asin: row['asin'],
    sku: row['msku'],
    title: row['title'],
    eventType: row['event_type'],
    referenceId: row['reference_id'],
    quantity: int(row['quantity']),
    fulfillmentCenter: row['fulfillment_center'],
    disposition: row['disposition'],
    reason: row['reason'],
    country: row['country'],
    reconciledQuantity: int(row['reconciled_quantity']),
    unreconciledQuantity: int(row['unreconciled_quantity']),
    occurredAt: row['date_and_time'] || null,
  });
}

export function reimbursementFact(row: Row): ReimbursementFact {
  return reimbursementFactSchema.parse({
    approvedAt: new Date(row['approval_date'] ?? '').toISOString(),
    reimbursementId: row['reimbursement_id'],
    caseId: row['case_id'] || null,
    orderId: row['amazon_order_id'] || null,
    reason: row['reason'],
    sku: row['sku'],
    fnsku: row['fnsku'],
    asin: row['asin'],
    productName: row['product_name'],
    condition: row['condition'] || null,
    currency: row['currency_unit'],
    amountPerUnit: row['amount_per_unit'],
    amountTotal: row['amount_total'],
    quantityCash: int(row['quantity_reimbursed_cash']),
    quantityInventory: int(row['quantity_reimbursed_inventory']),
    quantityTotal: int(row['quantity_reimbursed_total']),
    originalReimbursementId: row['original_reimbursement_id'] || null,
    originalReimbursementType: row['original_reimbursement_type'] || null,
  });
}

export function returnFact(row: Row): CustomerReturnFact {
  return customerReturnFactSchema.parse({
    returnedAt: new Date(row['return_date'] ?? '').toISOString(),
    orderId: row['order_id'],
    sku: row['sku'],
    asin: row['asin'],
    fnsku: row['fnsku'],
    productName: row['product_name'],
    quantity: int(row['quantity']),
    fulfillmentCenter: row['fulfillment_center_id'],
    disposition: row['detailed_disposition'],
    reason: row['reason'],
    status: row['status'] || null,
    licensePlateNumber: row['license_plate_number'] || null,
  });
}

export function replacementFact(row: Row): ReplacementFact {
  return replacementFactSchema.parse({
    shippedAt: new Date(row['shipment_date'] ?? '').toISOString(),
    sku: row['sku'],
    asin: row['asin'],
    fulfillmentCenter: row['fulfillment_center_id'],
    originalFulfillmentCenter: row['original_fulfillment_center_id'] || null,
    quantity: int(row['quantity']),
    reasonCode: row['replacement_reason_code'],
    replacementOrderId: row['replacement_amazon_order_id'],
    originalOrderId: row['original_amazon_order_id'],
  });
}

const instant = (text: string | undefined): string => new Date(text ?? '').toISOString();

export function removalOrderFact(row: Row): RemovalOrderFact {
  return removalOrderFactSchema.parse({
    ...{ requestedAt: instant(row['request_date']), orderId: row['order_id'] },
    ...{ orderType: row['order_type'], serviceSpeed: null, status: row['order_status'] },
    ...{ updatedAt: instant(row['last_updated_date']), sku: row['sku'], fnsku: row['fnsku'] },
    ...{ disposition: row['disposition'], requestedQuantity: int(row['requested_quantity']) },
    ...{ cancelledQuantity: int(row['cancelled_quantity']) },
    ...{ disposedQuantity: int(row['disposed_quantity']) },
    ...{ shippedQuantity: int(row['shipped_quantity']) },
    ...{ inProcessQuantity: int(row['in_process_quantity']) },
    ...{ fee: row['removal_fee'] || null, currency: row['currency'] || null },
  });
}

export function removalShipmentFact(row: Row): RemovalShipmentFact {
  return removalShipmentFactSchema.parse({
    ...{ requestedAt: instant(row['request_date']), orderId: row['order_id'] },
    ...{ shippedAt: instant(row['shipment_date']), sku: row['sku'], fnsku: row['fnsku'] },
    ...{ disposition: row['disposition'], quantity: int(row['shipped_quantity']) },
    ...{ carrier: row['carrier'], trackingNumber: row['tracking_number'], orderType: null },
  });
}
