import { reservations, streams } from '@recoup/contracts';
import type { EventStore } from '@recoup/event-store';
import { SyncNotActive } from './sync-not-active.js';

/** Throws SyncNotActive when the sync no longer holds its tenant's reservation. */
export async function assertActive(
  store: EventStore,
  { tenantId, syncId }: { readonly tenantId: string; readonly syncId: string },
): Promise<void> {
  const owner = await store.reservationOwner(tenantId, reservations.activeSync(tenantId));
  if (owner !== streams.sync(syncId)) throw new SyncNotActive('the sync is not active any more');
}
