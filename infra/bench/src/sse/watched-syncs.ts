import type { EventStore } from '@recoup/event-store';
import { progressed, requested } from './progress-events.js';

export interface WatchedSync {
  readonly tenantId: string;
  readonly syncId: string;
}

/** Appends the next event of a sync, of which there are `version` so far; answers its position. */
export async function appendNext(
  store: EventStore,
  { tenantId, syncId }: WatchedSync,
  version: number,
): Promise<number> {
  const events = [version === 0 ? requested(syncId) : progressed(syncId)];
  const streamId = `sync-${syncId}`;
  const outcome = await store.append({ tenantId, streamId, expected: version, events });
  if (!outcome.ok) throw new Error(`appending: ${outcome.reason}`);
  return outcome.position;
}

/** The next event of each. */
export async function appendAll(
  store: EventStore,
  syncs: readonly WatchedSync[],
  version: number,
): Promise<void> {
  await Promise.all(syncs.map((sync) => appendNext(store, sync, version)));
}
