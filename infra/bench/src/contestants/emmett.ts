import {
  getPostgreSQLEventStore,
  type PostgresEventStore,
} from '@event-driven-io/emmett-postgresql';
import { Pool } from 'pg';
import { newEvents } from '../payload.js';
import type { BenchServers } from '../workload.js';

/** Its driver's default. With 32 callers, 4 connections were slower, and 32 no faster within the spread. */
const POOL_SIZE = 10;

/** Emmett 0.42 in a database of its own on the same server. */
export async function emmett(
  bench: BenchServers,
): Promise<{ store: PostgresEventStore; setup: string }> {
  const connectionString = await bench.emptyDatabase();
  const pool = new Pool({ connectionString, max: POOL_SIZE });
  const store = getPostgreSQLEventStore(connectionString, { connectionOptions: { pool } });
  bench.onEnd(async () => {
    await store.close();
    if (!pool.ended) await pool.end();
  });
  return { store, setup: `pool of ${POOL_SIZE}` };
}

interface EmmettEvent {
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

/** The same events in Emmett's words. */
export function emmettEvents(count: number): EmmettEvent[] {
  return newEvents(count).map(({ type, data, correlationId, causationId, actor }) => ({
    type,
    data: { ...data },
    metadata: { correlationId, causationId, actor },
  }));
}
