import type { SyncResource } from '@recoup/contracts';
import { inventoryBySummaries } from './inventory.js';
import { ledgerByReport } from './ledger.js';
import { ordersBySearch } from './orders.js';
import { reimbursementsByReport } from './reimbursements.js';
import type { RouteFamily, Source } from './source.js';
import { transactionsByList } from './transactions.js';

/** `auto` leaves the choice to the plan; the others force a family wherever a resource has it. */
export type SyncRoute = 'auto' | RouteFamily;

/**
 * Every source there is, resources in the order in which a seller wants to see them. A resource may have several; its first
 * is the one taken where nothing speaks for another.
 */
export const allSources: readonly Source[] = [
  ordersBySearch,
  inventoryBySummaries,
  transactionsByList,
  ledgerByReport,
  reimbursementsByReport,
];

/** The sources of a resource, the preferred one first: what `auto` chooses from. */
export function sourcesFor(resource: SyncResource): readonly Source[] {
  return allSources.filter((source) => source.resource === resource);
}

/** One source for each resource: of the family that is forced, or its first where it has none of that family. */
export function sourcesOf(route: SyncRoute): readonly Source[] {
  const resources = new Set(allSources.map(({ resource }) => resource));
  return [...resources].flatMap((resource) => {
    const [first, ...others] = sourcesFor(resource);
    const forced = [first, ...others].find((source) => source?.family === route);
    return forced ?? first ?? [];
  });
}
