import type { ReimbursementFact } from '@recoup/contracts';
import type { ReportRow } from '../amazon/tab-separated.js';
import { instantOf } from './instant.js';
import { cellsOf } from './report-cell.js';
import { reportDecimal } from './report-decimal.js';

/** A payment, in cash or in stock, or its reversal, from a row of GET_FBA_REIMBURSEMENTS_DATA. */
export function reimbursementFact(row: ReportRow): ReimbursementFact {
  const cells = cellsOf(row);
  return {
    approvedAt: instantOf(cells.text('approval_date'), 'approval-date'),
    reimbursementId: cells.text('reimbursement_id'),
    caseId: cells.maybeText('case_id'),
    orderId: cells.maybeText('amazon_order_id'),
    reason: cells.text('reason'),
    sku: cells.text('sku'),
    fnsku: cells.text('fnsku'),
    asin: cells.text('asin'),
    productName: cells.text('product_name'),
    condition: cells.maybeText('condition'),
    currency: cells.text('currency_unit'),
    amountPerUnit: reportDecimal(cells.text('amount_per_unit'), 'amount-per-unit'),
    amountTotal: reportDecimal(cells.text('amount_total'), 'amount-total'),
    quantityCash: cells.int('quantity_reimbursed_cash'),
    quantityInventory: cells.int('quantity_reimbursed_inventory'),
    quantityTotal: cells.int('quantity_reimbursed_total'),
    originalReimbursementId: cells.maybeText('original_reimbursement_id'),
    originalReimbursementType: cells.maybeText('original_reimbursement_type'),
  };
}
