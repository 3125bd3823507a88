import type { SyncResource } from '@recoup/contracts';
import type { FactData } from '@recoup/facts';
import type { ReportType } from '../amazon/reports.js';
import { columnName, type ReportRow } from '../amazon/tab-separated.js';
import { customerReturnFact } from './customer-return-fact.js';
import { feePreviewFact } from './fee-preview-fact.js';
import { ledgerFact } from './ledger-fact.js';
import { reimbursementFact } from './reimbursement-fact.js';
import { removalOrderFact, removalShipmentFact } from './removal-fact.js';
import { replacementFact } from './replacement-fact.js';
import { agedStorageFeeFact, storageFeeFact } from './storage-fee-fact.js';

/** The kinds of fact whose rows a report holds: the resource, the report's type, and how a row is read. */
const reports = {
  ledger: ['ledger', 'GET_LEDGER_DETAIL_VIEW_DATA', ledgerFact],
  reimbursement: ['reimbursements', 'GET_FBA_REIMBURSEMENTS_DATA', reimbursementFact],
  customerReturn: ['returns', 'GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA', customerReturnFact],
  replacement: [
    'replacements',
    'GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA',
    replacementFact,
  ],
  removalOrder: [
    'removalOrders',
    'GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA',
    removalOrderFact,
  ],
  removalShipment: [
    'removalShipments',
    'GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA',
    removalShipmentFact,
  ],
  storageFee: ['storageFees', 'GET_FBA_STORAGE_FEE_CHARGES_DATA', storageFeeFact],
  agedStorageFee: [
    'agedStorageFees',
    'GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA',
    agedStorageFeeFact,
  ],
  feePreview: ['feePreview', 'GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA', feePreviewFact],
} as const satisfies {
  readonly [K in keyof FactData]?: readonly [SyncResource, ReportType, ReadRow<FactData[K]>];
};
type ReadRow<D> = (row: ReportRow, marketplaceId: string) => D;

export type ReportedKind = keyof typeof reports;
export const reportedKinds = Object.keys(reports) as ReportedKind[];

export function resourceOf(kind: ReportedKind): SyncResource {
  return reports[kind][0];
}

export function reportTypeOf(kind: ReportedKind): ReportType {
  return reports[kind][1];
}

export interface Table {
  /** The names of the columns, however they are written. */
  readonly header: readonly string[];
  readonly rows: Iterable<readonly string[]>;
}

/**
 * A report's rows as the facts that a sync would make of them. Where a report names no marketplace, its rows are of the one
 * given. Throws UnexpectedAnswer.
 */
export function* reportedFacts<K extends ReportedKind>(
  kind: K,
  { header, rows }: Table,
  marketplaceId: string,
): Generator<FactData[K]> {
  const read = reports[kind][2] as ReadRow<FactData[K]>;
  const columns = header.map(columnName);
  for (const cells of rows) {
    const row: Record<string, string> = {};
    for (const [at, column] of columns.entries()) row[column] = cells[at] ?? '';
    yield read(row, marketplaceId);
  }
}
