import type { LedgerFact, ReimbursementFact } from '@recoup/contracts';

/** Units that Amazon lost, and has not reconciled. */
export function lostRow(given: Partial<LedgerFact> = {}): LedgerFact {
  const quantity = given.quantity ?? -4;
  return {
    day: '2026-11-01',
    fnsku: 'X001ABC',
    asin: 'B000TEST01',
    sku: 'MUG-BLUE',
    title: 'Blue mug',
    eventType: 'Adjustments',
    referenceId: 'REF-1',
    quantity,
    fulfillmentCenter: 'PHX7',
    disposition: 'SELLABLE',
    reason: 'M',
    country: 'US',
    reconciledQuantity: 0,
    unreconciledQuantity: -quantity,
    occurredAt: null,
    ...given,
  };
}

/** Units that left sellable stock because Amazon damaged them. */
export function damagedRow(given: Partial<LedgerFact> = {}): LedgerFact {
  return lostRow({ reason: 'E', referenceId: 'REF-2', ...given });
}

/** The same units, put into damaged stock. */
export function intoDamagedStock(given: Partial<LedgerFact> = {}): LedgerFact {
  return lostRow({
    reason: 'P',
    referenceId: 'REF-2',
    quantity: 4,
    disposition: 'WAREHOUSE_DAMAGED',
    unreconciledQuantity: 0,
    ...given,
  });
}

export function payment(given: Partial<ReimbursementFact> = {}): ReimbursementFact {
  return {
    approvedAt: '2026-11-05T12:00:00Z',
    reimbursementId: 'R-1',
    caseId: null,
    orderId: null,
    reason: 'Lost_Warehouse',
    sku: 'MUG-BLUE',
    fnsku: 'X001ABC',
    asin: 'B000TEST01',
    productName: 'Blue mug',
    condition: 'New',
    currency: 'USD',
    amountPerUnit: '7.50',
    amountTotal: '7.50',
    quantityCash: 1,
    quantityInventory: 0,
    quantityTotal: 1,
    originalReimbursementId: null,
    originalReimbursementType: null,
    ...given,
  };
}
