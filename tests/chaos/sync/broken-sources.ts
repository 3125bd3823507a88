import type { SyncResource } from '@recoup/contracts';
import type { Fault } from '../../../services/ingestion/src/testing/simulated-amazon.js';

export interface BrokenSource {
  readonly resource: SyncResource;
  /** What refuses, and for reports which. */
  readonly fault: Pick<Fault, 'operation' | 'reportType'>;
  /** `failed` where no claim can be told without it. */
  readonly ends: 'failed' | 'complete';
  /** What the seller is told. */
  readonly sentence: string;
}

const refused = (what: string): string => `Failed to fetch ${what}: Amazon refused access`;

/** A resource that one report brings, and without which a sync completes. */
const report = (resource: SyncResource, reportType: string, what: string): BrokenSource => ({
  resource,
  fault: { operation: 'createReport', reportType },
  ends: 'complete',
  sentence: refused(what),
});

export const brokenSources: readonly BrokenSource[] = [
  {
    resource: 'orders',
    fault: { operation: 'searchOrders' },
    ends: 'failed',
    sentence: refused('orders'),
  },
  {
    resource: 'transactions',
    fault: { operation: 'listTransactions' },
    ends: 'failed',
    sentence: refused('transactions'),
  },
  {
    resource: 'ledger',
    fault: { operation: 'createReport', reportType: 'GET_LEDGER_DETAIL_VIEW_DATA' },
    ends: 'failed',
    sentence: refused('stock movements'),
  },
  {
    resource: 'reimbursements',
    fault: { operation: 'createReport', reportType: 'GET_FBA_REIMBURSEMENTS_DATA' },
    ends: 'failed',
    sentence: refused('reimbursements'),
  },
  {
    resource: 'inventory',
    fault: { operation: 'getInventorySummaries' },
    ends: 'complete',
    sentence: refused('inventory items'),
  },
  {
    resource: 'feeEstimates',
    fault: { operation: 'getMyFeesEstimates' },
    ends: 'complete',
    sentence: refused('fee estimates'),
  },
  report('feePreview', 'GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA', 'fee previews'),
  report('storageFees', 'GET_FBA_STORAGE_FEE_CHARGES_DATA', 'storage fees'),
  report(
    'agedStorageFees',
    'GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA',
    'aged inventory surcharges',
  ),
];
