import { openEventStore, type EventStore } from '@recoup/event-store';
import { Pool } from 'pg';
import type { BenchServers } from '../workload.js';

/** The product's log in a database of its own, signed in as a service is. */
export async function recoupLog(
  bench: BenchServers,
): Promise<{ store: EventStore; setup: string; url: string }> {
  const { urlOf } = await bench.database();
  const max = 4;
  const url = urlOf('recoup_ingestion_follow');
  const pool = new Pool({ connectionString: url, max });
  bench.onEnd(() => pool.end());
  return { store: openEventStore(pool), setup: `pool of ${max} (uses 2), coalescing`, url };
}
