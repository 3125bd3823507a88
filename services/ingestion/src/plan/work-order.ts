import type { SyncResource } from '@recoup/contracts';
import { DAY_MS, type Interval } from './interval.js';

/**
 * What is read first where several wait for the same limit: reports share one bucket, which gives one a minute. Losses and
 * what was paid for them come first, for most claims can be told from these two; then what the others are told from.
 */
const FIRST_NEEDED: readonly SyncResource[] = [
  'reimbursements',
  'ledger',
  'orders',
  'returns',
  'removalOrders',
  'removalShipments',
  'inboundShipments',
  'transactions',
  'inventory',
  'replacements',
  'feePreview',
  'feeEstimates',
  'storageFees',
  'agedStorageFees',
  'ledgerSummary',
];

/**
 * Claims about returns may be made for 120 days after the refund (Amazon's policy for the US), most others for 60: what is
 * older than that is read after all that is not.
 */
export const CLAIMABLE_MS = 120 * DAY_MS;

interface Placed extends Interval {
  readonly resource: SyncResource;
}

/** Windows in the order of work: the claimable time of all resources first, each newest first as it was given. */
export function inOrderOfWork<W extends Placed>(windows: readonly W[], asOf: Date): W[] {
  const claimableFrom = asOf.getTime() - CLAIMABLE_MS;
  const rank = ({ resource, to }: Placed): number =>
    (to.getTime() > claimableFrom ? 0 : FIRST_NEEDED.length) + FIRST_NEEDED.indexOf(resource);
  return [...windows].sort((a, b) => rank(a) - rank(b));
}
