import type { RecordedEvent } from '@recoup/contracts';
import type { EventStore } from './event-store.js';
import type { LogNotifications } from './notifications.js';

export interface FollowOptions {
  readonly shard: number;
  /** The position already had; the first event given is the next one. */
  readonly after: number;
  /** Ends the iteration when it aborts. */
  readonly signal: AbortSignal;
  /** Most events of a batch. */
  readonly limit?: number;
}

/**
 * The events of a shard, in order and without a hole, for as long as the signal lets it: first what is there, then what
 * comes. Each batch holds what was available, never empty.
 */
export async function* followShard(
  store: EventStore,
  notifications: LogNotifications,
  { shard, after, signal, limit = 500 }: FollowOptions,
): AsyncGenerator<readonly RecordedEvent[], void> {
  const watch = notifications.watch(shard);
  let position = after;
  while (!signal.aborted) {
    const events = await store.readShard(shard, position, limit);
    const last = events.at(-1);
    if (last) {
      position = last.position;
      yield events;
    } else {
      await watch.next(signal);
    }
  }
}
