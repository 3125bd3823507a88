import type { ResourceCounts, SyncResource } from '@recoup/contracts';
import type { Shortfall } from '../plan/order-shortfall.js';

/** What a seller calls the records of each resource. */
export const RESOURCE_WORDS: Readonly<Record<SyncResource, string>> = {
  orders: 'orders',
  inventory: 'inventory items',
  transactions: 'transactions',
  ledger: 'stock movements',
  reimbursements: 'reimbursements',
  ledgerSummary: 'stock balances',
  returns: 'customer returns',
  replacements: 'replacements',
  removalOrders: 'removal orders',
  removalShipments: 'removal shipments',
  inboundShipments: 'inbound shipments',
  storageFees: 'storage fees',
  agedStorageFees: 'aged inventory surcharges',
  feePreview: 'fee previews',
  feeEstimates: 'fee estimates',
};

const THOUSANDS = new Intl.NumberFormat('en-US');

/** `Processing orders... 1,247 of 2,500 orders processed`; without a known total only what is processed. */
export function progressMessage(
  resource: SyncResource,
  { processed, total }: ResourceCounts,
): string {
  const words = RESOURCE_WORDS[resource];
  const count =
    total === null
      ? THOUSANDS.format(processed)
      : `${THOUSANDS.format(processed)} of ${THOUSANDS.format(total)}`;
  return `Processing ${words}... ${count} ${words} processed`;
}

/** `12 of 2,500 orders that Amazon counts could not be read`. */
export function shortfallWords({ missing, counted }: Shortfall): string {
  const [few, all] = [missing, counted].map((count) => THOUSANDS.format(count));
  return `${few} of ${all} orders that Amazon counts could not be read`;
}
