import { Pool } from 'pg';
import type { Logger } from 'pino';
import { notePool } from './open-pools.js';
import { isTracing } from './tracing/spans.js';
import { tracePool } from './tracing/traced-pool.js';

export interface PoolOptions {
  readonly url: string;
  readonly name: string;
  readonly log: Logger;
  readonly max?: number;
}

/** The server ends a statement after this long, in milliseconds. */
const STATEMENT_MS = 60_000;

/**
 * A pool whose statements cannot hang for ever: a lost lock or a forgotten transaction ends by itself, and a connection that
 * a router has forgotten, which no server can end, is given up a little later than its statement would have ended. Broken
 * idle connections are logged and replaced; without a listener they would end the process.
 */
export function openPool({ url, name, log, max = 12 }: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: `recoup-${name}`,
    max,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 10_000,
    statement_timeout: STATEMENT_MS,
    query_timeout: STATEMENT_MS + 5_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
  });
  pool.on('error', (error) => log.warn({ err: error }, 'a database connection broke'));
  if (isTracing()) tracePool(pool);
  notePool(name, pool);
  return pool;
}
