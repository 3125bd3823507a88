import type { RecordedEvent } from '@recoup/contracts';
import { followShard, listenToLog, type EventStore } from '@recoup/event-store';
import type { BenchServers } from './workload.js';

export interface Followed {
  readonly store: EventStore;
  readonly connectionString: string;
  readonly shard: number;
  /** The position already had. */
  readonly after: number;
}

/** Reads what comes to a shard in this process, told by LISTEN, until the bench ends; calls back with each batch. */
export function followLog(
  bench: BenchServers,
  { store, connectionString, shard, after }: Followed,
  heard: (events: readonly RecordedEvent[]) => void,
): void {
  const notifications = listenToLog({ connectionString });
  const stop = new AbortController();
  const following = (async () => {
    const from = { shard, after, signal: stop.signal };
    for await (const events of followShard(store, notifications, from)) heard(events);
  })();
  bench.onEnd(async () => {
    stop.abort();
    await following;
    await notifications[Symbol.asyncDispose]();
  });
}
