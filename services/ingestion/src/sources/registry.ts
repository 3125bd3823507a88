import { feeEstimatesByBatch } from './fee-estimates.js';
import { feePreviewByReport } from './fee-preview.js';
import { inboundByShipments } from './inbound-shipments.js';
import { inventoryBySummaries } from './inventory.js';
import { ledgerSummaryByReport } from './ledger-summary.js';
import { ledgerByReport } from './ledger.js';
import { ordersBySearch } from './orders.js';
import { ordersByReport } from './orders-report.js';
import { ordersByV0 } from './orders-v0.js';
import { reimbursementsByReport } from './reimbursements.js';
import { removalOrdersByReport, removalShipmentsByReport } from './removals.js';
import { replacementsByReport } from './replacements.js';
import { returnsByReport } from './returns.js';
import type { RouteFamily, Source } from './source.js';
import { transactionsByEvents } from './transactions-v0.js';
import { agedStorageFeesByReport, storageFeesByReport } from './storage-fees.js';
import { transactionsByList } from './transactions.js';

/** `auto` leaves the choice to the plan; the others force a family wherever a resource has it. */
export type SyncRoute = 'auto' | RouteFamily;

/**
 * Every source there is, resources in the order in which a seller wants to see them. A resource may have several; its first
 * is the one taken where nothing speaks for another.
 */
export const allSources: readonly Source[] = [
  ordersBySearch,
  ordersByReport,
  ordersByV0,
  inventoryBySummaries,
  transactionsByList,
  transactionsByEvents,
  ledgerByReport,
  reimbursementsByReport,
  feePreviewByReport,
  feeEstimatesByBatch,
  storageFeesByReport,
  agedStorageFeesByReport,
  ledgerSummaryByReport,
  returnsByReport,
  replacementsByReport,
  removalOrdersByReport,
  removalShipmentsByReport,
  inboundByShipments,
];

/**
 * The sources that a setting allows, from which the plan chooses: all that tell everything, or for each resource the one of the family
 * that is forced, and its first where it has none of that family.
 */
export function sourcesOf(route: SyncRoute): readonly Source[] {
  if (route === 'auto') return allSources.filter(({ onlyWhenForced }) => !onlyWhenForced);
  const resources = new Set(allSources.map(({ resource }) => resource));
  return [...resources].flatMap((resource) => {
    const offered = allSources.filter((source) => source.resource === resource);
    return offered.find(({ family }) => family === route) ?? offered[0] ?? [];
  });
}
