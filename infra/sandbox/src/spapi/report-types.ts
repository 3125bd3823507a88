import { decimal } from '../world/amount.js';
import type { LedgerRow } from '../world/ledger-row.js';
import { ordersByLastUpdate, ordersByOrderDate } from './order-reports.js';
import { agedStorageFees, feePreview, storageFees } from './fee-reports.js';
import { totalCents, type Reimbursement } from '../world/reimbursement.js';
import { ledgerSummary } from './ledger-summary-report.js';
import { removalOrders, removalShipments } from './removals-report.js';
import { rowsOfDays, type ReportType } from './report-type.js';
import { customerReturns, replacements } from './returns-report.js';

/** Columns as observed: spaced names, and two that no documentation lists. */
const ledger: ReportType = {
  charset: 'UTF-8',
  quoted: true,
  header: [
    ...['Date', 'FNSKU', 'ASIN', 'MSKU', 'Title', 'Event Type', 'Reference ID', 'Quantity'],
    ...['Fulfillment Center', 'Disposition', 'Reason', 'Country', 'Reconciled Quantity'],
    ...['Unreconciled Quantity', 'Date and Time', 'Store'],
  ],
  // The ledger covers the region: the marketplaces that were asked for do not narrow it.
  *rows(world, scope) {
    for (const row of rowsOfDays(world, scope)) {
      yield ledgerFields(row, world.calendar.name(row.day));
    }
  },
};

function ledgerFields(row: LedgerRow, day: string): string[] {
  const { product } = row;
  const [year, month, date] = day.split('-');
  return [
    `${month}/${date}/${year}`,
    ...[product.fnsku, product.asin, product.sku, product.title, row.eventType, row.referenceId],
    String(row.quantity),
    ...[row.center, row.disposition, row.reason, product.marketplace.countryCode],
    String(row.reconciled ?? ''),
    String(row.unreconciled ?? ''),
    ...[`${day}T00:00:00+00:00`, ''],
  ];
}

const reimbursements: ReportType = {
  charset: 'ISO-8859-1',
  quoted: false,
  header: [
    ...[
      'approval-date',
      'reimbursement-id',
      'case-id',
      'amazon-order-id',
      'reason',
      'sku',
      'fnsku',
    ],
    ...['asin', 'product-name', 'condition', 'currency-unit', 'amount-per-unit', 'amount-total'],
    ...['quantity-reimbursed-cash', 'quantity-reimbursed-inventory', 'quantity-reimbursed-total'],
    ...['original-reimbursement-id', 'original-reimbursement-type'],
  ],
  *rows({ calendar, reimbursements: all }, { from, to, marketplaceIds }) {
    for (const row of all) {
      const day = calendar.dayOf(row.ms);
      const here = marketplaceIds.includes(row.product.marketplace.id);
      if (day >= from && day <= to && here) yield reimbursementFields(row);
    }
  },
};

function reimbursementFields(row: Reimbursement): string[] {
  const { product } = row;
  return [
    new Date(row.ms).toISOString().replace('.000Z', '+00:00'),
    ...[row.id, row.caseId ?? '', row.orderId ?? '', row.reason],
    ...[product.sku, product.fnsku, product.asin, product.title, 'Sellable'],
    product.marketplace.currency,
    decimal(row.perUnitCents),
    decimal(totalCents(row)),
    ...[row.cash, row.inventory, row.cash + row.inventory].map(String),
    ...[row.originalId ?? '', row.originalType ?? ''],
  ];
}

/** The report types that can be asked for here. */
export const REPORT_TYPES: ReadonlyMap<string, ReportType> = new Map([
  ['GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL', ordersByOrderDate],
  ['GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL', ordersByLastUpdate],
  ['GET_LEDGER_DETAIL_VIEW_DATA', ledger],
  ['GET_LEDGER_SUMMARY_VIEW_DATA', ledgerSummary],
  ['GET_FBA_REIMBURSEMENTS_DATA', reimbursements],
  ['GET_FBA_STORAGE_FEE_CHARGES_DATA', storageFees],
  ['GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA', agedStorageFees],
  ['GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA', feePreview],
  ['GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA', customerReturns],
  ['GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA', replacements],
  ['GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA', removalOrders],
  ['GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA', removalShipments],
]);
