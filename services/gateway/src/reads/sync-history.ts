import { streams, type RecordedEvent } from '@recoup/contracts';
import { evolveSync, syncState } from '@recoup/domain';
import type { Gateway } from '../gateway.js';
import type { SyncRow } from '../projections/sync.js';

type Reads = Pick<Gateway, 'reads' | 'streams'>;

/** A sync as it stands now, and how it came to that. */
export interface SyncHistory {
  readonly events: readonly RecordedEvent[];
  readonly sync: SyncRow;
  /** Where the last of the events stands in the log. */
  readonly place: { readonly shard: number; readonly position: number };
}

/** The whole history of a sync; null when the tenant has no such sync. */
export async function syncHistory(
  { reads, streams: log }: Reads,
  tenantId: string,
  syncId: string,
): Promise<SyncHistory | null> {
  const [events, row] = await Promise.all([
    log.readStream(tenantId, streams.sync(syncId)),
    reads.sync(tenantId, syncId),
  ]);
  const state = syncState(events);
  const place = events.at(-1);
  if (!state || !place) return null;
  return { events, place, sync: { ...state, claimsDetected: row?.claimsDetected ?? null } };
}

/**
 * A sync as it stands now: the read model, brought up to date by what the log has after it. A sync is never unknown, or
 * still running, to whoever has just started or cancelled it. Null when the tenant has no such sync.
 */
export async function currentSync(
  { reads, streams: log }: Reads,
  tenantId: string,
  syncId: string,
): Promise<SyncRow | null> {
  const row = await reads.sync(tenantId, syncId);
  const later = await log.readStream(tenantId, streams.sync(syncId), row?.version ?? 0);
  let sync = row;
  for (const event of later) {
    const state = evolveSync(sync, event);
    sync = state && { ...state, claimsDetected: row?.claimsDetected ?? null };
  }
  return sync;
}
