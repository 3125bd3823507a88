import type { Pool } from 'pg';
import { everySome, type ServiceMetrics } from './service-metrics.js';
import { openPools } from '../open-pools.js';

/** How old an answer of the database may be, in milliseconds. */
const KEPT_MS = 5000;

/** Seen by every role: whose sessions wait, and for what, only a monitoring role may see. Advisory locks are never waited for. */
const WAITING = `
  select count(*) as waiting, coalesce(max(extract(epoch from clock_timestamp() - waitstart)), 0) as longest
  from pg_locks where not granted`;

/** What the service's connections do, and who waits for a lock anywhere on the database server. */
export function addDatabaseGauges(metrics: ServiceMetrics, pool: Pool): void {
  const waiting = everySome(
    KEPT_MS,
    async () => (await pool.query<{ waiting: string; longest: string }>(WAITING)).rows,
  );
  metrics.gauge(
    {
      name: 'recoup_postgres_lock_waits',
      help: 'Sessions of the database server that wait for a lock now.',
    },
    async () => (await waiting()).map((row) => ({ labels: {}, value: Number(row.waiting) })),
  );
  metrics.gauge(
    {
      name: 'recoup_postgres_lock_wait_seconds',
      help: 'How long the session has waited that waits longest for a lock.',
    },
    async () => (await waiting()).map((row) => ({ labels: {}, value: Number(row.longest) })),
  );
  metrics.gauge(
    {
      name: 'recoup_postgres_pool_connections',
      help: 'Connections of this process by pool and state: busy, idle.',
      labels: ['pool', 'state'],
    },
    () =>
      openPools().flatMap(({ name, pool: { totalCount, idleCount } }) => [
        { labels: { pool: name, state: 'busy' }, value: totalCount - idleCount },
        { labels: { pool: name, state: 'idle' }, value: idleCount },
      ]),
  );
  metrics.gauge(
    {
      name: 'recoup_postgres_pool_limit_connections',
      help: 'Most connections that a pool may have.',
      labels: ['pool'],
    },
    () =>
      openPools().map(({ name, pool: { options } }) => ({
        labels: { pool: name },
        value: options.max,
      })),
  );
  metrics.gauge(
    {
      name: 'recoup_postgres_pool_waiting',
      help: 'Queries of this process that wait for a connection of a pool.',
      labels: ['pool'],
    },
    () =>
      openPools().map(({ name, pool: { waitingCount } }) => ({
        labels: { pool: name },
        value: waitingCount,
      })),
  );
}
