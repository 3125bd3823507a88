import type { RecordedEvent } from '@recoup/contracts';
import { evolveSync, hasEnded, type SyncState } from '@recoup/domain';
import type { SyncHistory } from '../reads/sync-history.js';
import { statusBody } from '../routes/sync-body.js';
import type { EventId } from './event-id.js';
import { Frame } from './frame.js';

/** True when a client that has seen this id has seen the end. */
export function sawTheEnd({ place, sync }: SyncHistory, seen: EventId | null): boolean {
  return hasEnded(sync) && isPlaceOf(place, seen);
}

/** The frames of a sync's events after a place; `events` are all of them, since each frame shows the whole state. */
export function* laterFrames(events: readonly RecordedEvent[], after: number): Iterable<Frame> {
  let state: SyncState | null = null;
  for (const event of events) {
    state = evolveSync(state, event);
    if (!state || event.position <= after) continue;
    yield new Frame(event, statusBody({ ...state, claimsDetected: null }), {
      last: hasEnded(state),
    });
  }
}

export function isPlaceOf({ shard, position }: EventId, seen: EventId | null): boolean {
  return seen !== null && shard === seen.shard && position === seen.position;
}
