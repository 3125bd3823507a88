import type { SyncResource } from '@recoup/contracts';

/**
 * Without these no claim can be told, or none be valued: losses and damages stand in the ledger, what was paid for them in
 * the reimbursements and the transactions, and what an item was worth in the orders. A sync that cannot read one of them
 * fails. Everything else adds kinds of claims; where it stays broken the sync completes without, and says so.
 */
const ESSENTIAL: ReadonlySet<SyncResource> = new Set([
  'orders',
  'transactions',
  'ledger',
  'reimbursements',
]);

export function isEssential(resource: SyncResource): boolean {
  return ESSENTIAL.has(resource);
}
