import { streams } from '@recoup/contracts';
import {
  connectionState,
  erasedUpTo,
  hasEnded,
  nextScheduledSync,
  sellerSettings,
} from '@recoup/domain';
import type { Gateway } from '../gateway.js';
import type { SyncRow } from '../projections/sync.js';
import { currentSync } from './sync-history.js';

export interface SyncOverview {
  readonly active: SyncRow | null;
  /** The newest of those that have ended; null before the first has. */
  readonly last: SyncRow | null;
  /** Null while no sync will start by itself: Amazon is not connected, or the schedule is off. */
  readonly nextScheduledSync: Date | null;
}

/**
 * Where a tenant stands with syncs. The read model, brought up to date by what the log has beyond it: who has just
 * started or cancelled a sync sees that, however far the projector is behind.
 */
export async function syncOverview(gateway: Gateway, tenantId: string): Promise<SyncOverview> {
  const { reads } = gateway;
  // In this order: what the projector brings in between then stands in both, and not in neither.
  const changed = await reads.unprojectedSyncs(tenantId);
  // One runs at most, so the two newest hold the one that runs and the last that has ended.
  const [{ syncs }, later, next] = await Promise.all([
    reads.syncs(tenantId, { status: null, limit: 2, offset: 0 }),
    Promise.all(changed.map((syncId) => currentSync(gateway, tenantId, syncId))),
    nextSync(gateway, tenantId),
  ]);
  const newest = [
    ...later.filter((sync) => sync !== null),
    ...syncs.filter(({ syncId }) => !changed.includes(syncId)),
  ].sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  return {
    active: newest.find((sync) => !hasEnded(sync)) ?? null,
    last: newest.find(hasEnded) ?? null,
    nextScheduledSync: next,
  };
}

async function nextSync(
  { streams: log, settings, commands }: Gateway,
  tenantId: string,
): Promise<Date | null> {
  const [connection, chosen] = await Promise.all([
    log.readStream(tenantId, streams.connection(tenantId)),
    log.readStream(tenantId, streams.settings(tenantId)),
  ]);
  if (connectionState(connection)?.state !== 'connected') return null;
  const { schedule } = sellerSettings(chosen, { erasedUpTo: erasedUpTo(connection) });
  return nextScheduledSync(schedule ?? settings.SYNC_SCHEDULE, tenantId, commands.clock.now());
}
