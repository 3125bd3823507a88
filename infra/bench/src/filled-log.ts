import type { NewEvent } from '@recoup/contracts';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { shardOf } from '@recoup/kernel';
import { Pool } from 'pg';
import { newEvents } from './payload.js';
import type { BenchServers } from './workload.js';

const TENANT = 'tenant-0';

export interface FilledLog {
  readonly adminUrl: string;
  readonly urlOf: (role: string) => string;
  readonly pool: Pool;
  readonly store: EventStore;
  /** The shard that holds everything. */
  readonly shard: number;
  readonly events: number;
}

/** A log with so many streams of so many events each, round after round, as sellers' streams grow side by side. */
export async function filledLog(
  bench: BenchServers,
  { role, streams, eventsPerStream }: { role: string; streams: number; eventsPerStream: number },
): Promise<FilledLog> {
  const { adminUrl, urlOf } = await bench.database();
  const pool = new Pool({ connectionString: urlOf(role), max: 4 });
  bench.onEnd(() => pool.end());
  const store = openEventStore(pool);
  for (let version = 0; version < eventsPerStream; version += 1) {
    const events: NewEvent[] = newEvents(streams);
    await Promise.all(
      events.map(async (event, n) => {
        const outcome = await store.append({
          tenantId: TENANT,
          streamId: `connection-${n}`,
          expected: version,
          events: [event],
        });
        if (!outcome.ok) throw new Error(`filling the log: ${outcome.reason}`);
      }),
    );
  }
  return {
    adminUrl,
    urlOf,
    pool,
    store,
    shard: shardOf(TENANT),
    events: streams * eventsPerStream,
  };
}
