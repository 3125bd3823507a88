import type { SyncResource } from '@recoup/contracts';
import type { Fault } from '../../../services/ingestion/src/testing/simulated-amazon.js';

export interface BrokenSource {
  readonly resource: SyncResource;
  /** What refuses, and for reports which. */
  readonly fault: Pick<Fault, 'operation' | 'reportType'>;
  /** What the seller is told. */
  readonly sentence: string;
}

/** What stays broken from the first call of a sync on. */
export interface BrokenRound {
  readonly name: string;
  readonly sources: readonly BrokenSource[];
  /** `failed` where no claim can be told without them. */
  readonly ends: 'failed' | 'complete';
}

function broken(resource: SyncResource, what: string, fault: BrokenSource['fault']): BrokenSource {
  return { resource, fault, sentence: `Failed to fetch ${what}: Amazon refused access` };
}

const report = (reportType: string): BrokenSource['fault'] => ({
  operation: 'createReport',
  reportType,
});

/** Without one of these no claim can be told. */
const essential: readonly BrokenSource[] = [
  broken('orders', 'orders', { operation: 'searchOrders' }),
  broken('transactions', 'transactions', { operation: 'listTransactions' }),
  broken('ledger', 'stock movements', report('GET_LEDGER_DETAIL_VIEW_DATA')),
  broken('reimbursements', 'reimbursements', report('GET_FBA_REIMBURSEMENTS_DATA')),
];

/** What a sync completes without. */
const bearable: readonly BrokenSource[] = [
  broken('inventory', 'inventory items', { operation: 'getInventorySummaries' }),
  broken('feeEstimates', 'fee estimates', { operation: 'getMyFeesEstimates' }),
  broken('inboundShipments', 'inbound shipments', { operation: 'getShipments' }),
  broken('feePreview', 'fee previews', report('GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA')),
  broken('storageFees', 'storage fees', report('GET_FBA_STORAGE_FEE_CHARGES_DATA')),
  broken(
    'agedStorageFees',
    'aged inventory surcharges',
    report('GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA'),
  ),
  broken('ledgerSummary', 'stock balances', report('GET_LEDGER_SUMMARY_VIEW_DATA')),
  broken('returns', 'customer returns', report('GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA')),
  broken(
    'replacements',
    'replacements',
    report('GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA'),
  ),
  broken(
    'removalOrders',
    'removal orders',
    report('GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA'),
  ),
  broken(
    'removalShipments',
    'removal shipments',
    report('GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA'),
  ),
];

/** Every resource that a sync reads, each refused where its reading begins. */
export const brokenSources: readonly BrokenSource[] = [...essential, ...bearable];

/** Each essential resource for itself, since the first that fails ends the sync; the others all at the same time. */
export const brokenRounds: readonly BrokenRound[] = [
  ...essential.map((source): BrokenRound => ({
    name: source.resource,
    sources: [source],
    ends: 'failed',
  })),
  { name: 'all that is not essential', sources: bearable, ends: 'complete' },
];
