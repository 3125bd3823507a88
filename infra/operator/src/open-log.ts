import { openEventStore, type EventStore } from '@recoup/event-store';
import { databaseUrl } from '@recoup/service-kit';
import { Pool } from 'pg';

/** The log as a command sees it. */
export interface OpenLog extends AsyncDisposable {
  readonly url: string;
  readonly pool: Pool;
  readonly store: EventStore;
}

/** Connections that only read, whatever their role may do: Postgres itself refuses them everything else. */
export function openLogForReading(): OpenLog {
  return openLog('-c default_transaction_read_only=on');
}

/** Connections for what an operator changes. */
export function openLogForWork(): OpenLog {
  return openLog(undefined);
}

function openLog(options: string | undefined): OpenLog {
  const url = databaseUrl(process.env, 'DATABASE_URL');
  const pool = new Pool({
    connectionString: url,
    application_name: 'recoup-operator',
    max: 4,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    lock_timeout: 10_000,
    ...(options && { options }),
  });
  pool.on('error', () => undefined); // an idle connection that broke: the next statement says so
  return { url, pool, store: openEventStore(pool), [Symbol.asyncDispose]: () => pool.end() };
}
