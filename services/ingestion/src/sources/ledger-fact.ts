import type { LedgerFact } from '@recoup/contracts';
import { UnexpectedAnswer } from '../amazon/errors.js';
import type { ReportRow } from '../amazon/tab-separated.js';
import { cellsOf } from './report-cell.js';

const AMERICAN_DATE = /^(\d{2})\/(\d{2})\/(\d{4})$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A movement of stock from a row of GET_LEDGER_DETAIL_VIEW_DATA (columns as observed in 2026). */
export function ledgerFact(row: ReportRow): LedgerFact {
  const cells = cellsOf(row);
  return {
    day: ledgerDay(cells.text('date')),
    fnsku: cells.text('fnsku'),
    asin: cells.text('asin'),
    sku: cells.text('msku'),
    title: cells.text('title'),
    eventType: cells.text('event_type'),
    referenceId: cells.text('reference_id'),
    quantity: cells.int('quantity'),
    fulfillmentCenter: cells.text('fulfillment_center'),
    disposition: cells.text('disposition'),
    reason: cells.text('reason'),
    country: cells.text('country'),
    reconciledQuantity: cells.maybeInt('reconciled_quantity'),
    unreconciledQuantity: cells.maybeInt('unreconciled_quantity'),
    occurredAt: cells.maybeText('date_and_time'),
  };
}

/** The calendar day of a row: `MM/DD/YYYY` as observed, or ISO. */
export function ledgerDay(text: string): string {
  const american = AMERICAN_DATE.exec(text);
  if (american) return `${american[3]}-${american[1]}-${american[2]}`;
  if (ISO_DATE.test(text)) return text;
  throw new UnexpectedAnswer(`a ledger row with the date ${text}`);
}
