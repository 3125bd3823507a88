import type { LedgerSummaryFact } from '@recoup/contracts';
import { UnexpectedAnswer } from '../amazon/errors.js';
import type { ReportRow } from '../amazon/tab-separated.js';
import { cellsOf } from './report-cell.js';

/** A month's balance from a row of GET_LEDGER_SUMMARY_VIEW_DATA, asked for by month and fulfilment centre. */
export function ledgerSummaryFact(row: ReportRow): LedgerSummaryFact {
  const cells = cellsOf(row);
  return {
    day: firstOfMonth(cells.text('date')),
    fnsku: cells.text('fnsku'),
    asin: cells.text('asin'),
    sku: cells.text('msku'),
    title: cells.text('title'),
    disposition: cells.text('disposition'),
    location: cells.text('location'),
    startingBalance: cells.maybeInt('starting_warehouse_balance'),
    inTransit: cells.maybeInt('in_transit_between_warehouses'),
    receipts: cells.maybeInt('receipts'),
    customerShipments: cells.maybeInt('customer_shipments'),
    customerReturns: cells.maybeInt('customer_returns'),
    vendorReturns: cells.maybeInt('vendor_returns'),
    transfers: cells.maybeInt('warehouse_transfer_in_out'),
    found: cells.maybeInt('found'),
    lost: cells.maybeInt('lost'),
    damaged: cells.maybeInt('damaged'),
    disposed: cells.maybeInt('disposed'),
    other: cells.maybeInt('other_events'),
    endingBalance: cells.maybeInt('ending_warehouse_balance'),
    unknown: cells.maybeInt('unknown_events'),
  };
}

/** `MM/YYYY`, `MM/DD/YYYY`, `YYYY-MM` or `YYYY-MM-DD`: a month is written in several ways, with and without a day in it. */
function firstOfMonth(text: string): string {
  const american = /^(\d{2})\/(?:\d{2}\/)?(\d{4})$/.exec(text);
  if (american) return `${american[2]}-${american[1]}-01`;
  const iso = /^(\d{4}-\d{2})(?:-\d{2})?$/.exec(text);
  if (iso) return `${iso[1]}-01`;
  throw new UnexpectedAnswer(`a ledger summary row with the date ${text}`);
}
