import { createDatabase, someEvents, type TestDatabase } from '@recoup/testkit';
import { Client, Pool } from 'pg';
import type { AppendOutcome, AppendRequest } from '../append-request.js';
import { openEventStore, type EventStore } from '../event-store.js';

/** A store over a fresh log, signed in as a service is. */
export interface LogUnderTest extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly pool: Pool;
  readonly store: EventStore;
  /** Another process that appends to the same log. */
  another(): EventStore;
  /** A connection of the owner of the log. */
  admin(): Promise<Client>;
}

export async function openLog(): Promise<LogUnderTest> {
  const database = await createDatabase();
  const pools: Pool[] = [];
  const clients: Client[] = [];
  const open = (): Pool => {
    const pool = new Pool({ connectionString: database.urlOf('recoup_ingestion_follow'), max: 5 });
    pool.on('error', () => undefined); // the database is dropped under connections that are just closing
    pools.push(pool);
    return pool;
  };
  const pool = open();
  return {
    database,
    pool,
    store: openEventStore(pool),
    another: () => openEventStore(open()),
    async admin() {
      const client = new Client({ connectionString: database.adminUrl });
      client.on('error', () => undefined);
      await client.connect();
      clients.push(client);
      return client;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.end()));
      await Promise.all(pools.map((each) => each.end()));
      await database[Symbol.asyncDispose]();
    },
  };
}

export function request(
  streamId: string,
  expected: AppendRequest['expected'],
  more: Partial<AppendRequest> = {},
): AppendRequest {
  return { tenantId: 'tenant-a', streamId, expected, events: someEvents(1), ...more };
}

/** The outcome of an append that must have gone well. */
export function written(outcome: AppendOutcome): Extract<AppendOutcome, { ok: true }> {
  if (!outcome.ok) throw new Error(`not written: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** 1, 2, … n */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at + 1);
}
