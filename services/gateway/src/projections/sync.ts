import { streams } from '@recoup/contracts';
import { evolveSync, type SyncState } from '@recoup/domain';
import type { Projection } from '@recoup/projections';

/** A sync with what detection made of it. */
export interface SyncRow extends SyncState {
  /** Null until detection has ended, and when it failed. */
  readonly claimsDetected: number | null;
}

/** The syncs of a seller, by sync id. */
export const syncProjection: Projection<SyncRow> = {
  name: 'sync',
  version: 1,
  keyOf(event) {
    if (event.type === 'claim.detection_completed') return event.data.syncId;
    return event.streamId.startsWith(streams.sync(''))
      ? event.streamId.slice(streams.sync('').length)
      : null;
  },
  evolve(before, event) {
    if (event.type === 'claim.detection_completed') {
      return before && { ...before, claimsDetected: event.data.claims.new };
    }
    const after = evolveSync(before, event);
    return after && { ...after, claimsDetected: before?.claimsDetected ?? null };
  },
};
