import { streams, type RecordedEvent } from '@recoup/contracts';
import { evolveSync, syncState } from '@recoup/domain';
import type { Gateway } from '../gateway.js';
import type { SyncRow } from '../projections/sync.js';
import { readErasedUpTo } from './erased-up-to.js';

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
  const [recorded, row] = await Promise.all([
    log.readStream(tenantId, streams.sync(syncId)),
    reads.sync(tenantId, syncId),
  ]);
  const events = row ? recorded : await notErased(log, tenantId, recorded);
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
  const { row, behind } = await reads.syncOrBehind(tenantId, syncId);
  if (!behind) return row;
  const recorded = await log.readStream(tenantId, streams.sync(syncId), row?.version ?? 0);
  const later = row ? recorded : await notErased(log, tenantId, recorded);
  let sync = row;
  for (const event of later) {
    const state = evolveSync(sync, event);
    sync = state && { ...state, claimsDetected: row?.claimsDetected ?? null };
  }
  return sync;
}

/** A sync without a row is too new to have one, or was erased. */
async function notErased(
  log: Reads['streams'],
  tenantId: string,
  events: readonly RecordedEvent[],
): Promise<readonly RecordedEvent[]> {
  if (events.length === 0) return events;
  const erased = await readErasedUpTo(log, tenantId);
  return events.filter(({ position }) => position > erased);
}
