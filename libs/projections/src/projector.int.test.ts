import type { RecordedEvent } from '@recoup/contracts';
import {
  listenToLog,
  openEventStore,
  type EventStore,
  type LogNotifications,
} from '@recoup/event-store';
import { shardOf } from '@recoup/kernel';
import { createDatabase, eventually, someEvents, type TestDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyProjection, Projection } from './projection.js';
import { projectShard } from './projector.js';
import { waitForProjections } from './wait.js';

const TENANT = 'tenant-projected';
const SHARD = shardOf(TENANT);

/** Counts a stream's events and remembers the last: a doubled, lost or reordered event shows. */
interface Tally {
  readonly events: number;
  readonly versions: readonly number[];
}

const tally: Projection<Tally> = {
  name: 'tally',
  version: 1,
  keyOf: (event) => event.streamId,
  evolve: (before, event) => ({
    events: (before?.events ?? 0) + 1,
    versions: [...(before?.versions ?? []), event.streamVersion],
  }),
};

/** Appears with the first event of a stream and disappears with the second. */
const shortLived: Projection<{ readonly since: string }> = {
  name: 'short_lived',
  version: 1,
  keyOf: (event) => event.streamId,
  evolve: (before, event) => (before ? null : { since: event.occurredAt }),
};

let database: TestDatabase;
let pool: Pool;
let store: EventStore;
let notifications: LogNotifications;
let running: { stop: AbortController; done: Promise<void> }[];

async function append(
  streamId: string,
  count = 1,
  { tenantId = TENANT, purge = false } = {},
): Promise<number> {
  const events = someEvents(count).map((event) =>
    event.type === 'sync.amazon_disconnected'
      ? { ...event, data: { ...event.data, purge } }
      : event,
  );
  // A connection that was cut off leaves the outcome open: the same ids make it safe to ask again.
  const outcome = await eventually(() =>
    store.append({ tenantId, streamId, expected: 'any', events }),
  );
  if (!outcome.ok) throw new Error('not written');
  return outcome.position;
}

/** What the projectors of a test said went wrong. */
let reported: unknown[] = [];
const onError = (error: unknown): void => void reported.push(error);

function project(projections: readonly AnyProjection[] = [tally]): void {
  const stop = new AbortController();
  const connection = { connectionString: database.urlOf('recoup_gateway_follow') };
  const deps = { pool, store, notifications, connection, projections, onError };
  running.push({ stop, done: projectShard(deps, SHARD, stop.signal) });
}

async function stopAll(): Promise<void> {
  for (const { stop, done } of running.splice(0)) {
    stop.abort();
    await done;
  }
}

async function rows(table = 'tally'): Promise<{ key: string; doc: Tally }[]> {
  const result = await pool.query<{ key: string; doc: Tally }>(
    `select key, doc from rm.${table} order by key`,
  );
  return result.rows;
}

describe('the projector', () => {
  beforeEach(async () => {
    reported = [];
    database = await createDatabase();
    const admin = new Pool({ connectionString: database.adminUrl });
    await admin.query(
      `select rm.create_projection('tally', 1), rm.create_projection('short_lived', 1)`,
    );
    await admin.end();
    pool = new Pool({ connectionString: database.urlOf('recoup_gateway_follow') });
    pool.on('error', () => undefined);
    store = openEventStore(pool);
    notifications = listenToLog({ connectionString: database.urlOf('recoup_gateway_follow') });
    running = [];
  });
  afterEach(async () => {
    await stopAll();
    await notifications[Symbol.asyncDispose]();
    await pool.end();
    await database.drop();
  });

  it('shows what is there and what comes, and tells when a position is shown', async () => {
    await append('connection-a', 3);
    project();
    const position = await append('connection-b', 2);
    const shown = await waitForProjections(pool, {
      projections: [tally],
      shard: SHARD,
      position,
      timeoutMs: 10_000,
    });
    expect(shown).toBe(true);
    expect(await rows()).toEqual([
      { key: 'connection-a', doc: { events: 3, versions: [1, 2, 3] } },
      { key: 'connection-b', doc: { events: 2, versions: [1, 2] } },
    ]);
  });

  it('says that a position is not shown yet when nobody projects', async () => {
    const position = await append('connection-a');
    const shown = await waitForProjections(pool, {
      projections: [tally],
      shard: SHARD,
      position,
      timeoutMs: 50,
    });
    expect(shown).toBe(false);
  });

  it('applies each event once when two projectors own the shard at the same time', async () => {
    project();
    project();
    for (let round = 0; round < 40; round += 1) await append(`connection-${round % 4}`, 5);
    await eventually(
      async () => (await rows()).reduce((all, { doc }) => all + doc.events, 0) === 200,
    );
    for (const { doc } of await rows()) {
      expect(doc.versions).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    }
  });

  it('rolls the effect back with its checkpoint when it is cut off in the middle', async () => {
    project();
    await append('connection-a', 5);
    await eventually(async () => (await rows())[0]?.doc.events === 5);
    const admin = new Pool({ connectionString: database.adminUrl });
    admin.on('error', () => undefined);
    for (let round = 0; round < 10; round += 1) {
      await append('connection-a', 10);
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      );
    }
    await admin.end();
    await eventually(async () => (await rows())[0]?.doc.events === 105, { timeoutMs: 20_000 });
    expect((await rows())[0]?.doc.versions).toEqual(
      Array.from({ length: 105 }, (_, index) => index + 1),
    );
  });

  it('folds to the same rows from the beginning', async () => {
    project();
    for (let round = 0; round < 20; round += 1) await append(`connection-${round % 3}`, 2);
    await eventually(
      async () => (await rows()).reduce((all, { doc }) => all + doc.events, 0) === 40,
    );
    await stopAll();
    const before = await rows();
    await pool.query('delete from rm.tally_v1');
    await pool.query(`update rm.checkpoint set position = 0 where projection = 'tally_v1'`);
    project();
    await eventually(
      async () => (await rows()).reduce((all, { doc }) => all + doc.events, 0) === 40,
    );
    expect(await rows()).toEqual(before);
  });

  it('lets a projection that is new catch up beside one that is not', async () => {
    project([tally]);
    await append('connection-a', 4);
    await eventually(async () => (await rows())[0]?.doc.events === 4);
    await stopAll();
    project([tally, shortLived]);
    await append('connection-b');
    await eventually(async () => (await rows('short_lived')).length === 1);
    expect((await rows('short_lived')).map(({ key }) => key)).toEqual(['connection-b']);
    expect((await rows()).map(({ doc }) => doc.events)).toEqual([4, 1]);
  });

  it('given an event that erases, then only what comes from it on is left of its tenant', async () => {
    const erasing = {
      ...tally,
      erases: (event: RecordedEvent) =>
        event.type === 'sync.amazon_disconnected' && event.data.purge,
    };
    const other = { tenantId: neighbourOf(TENANT) };
    await append('connection-a', 3);
    await append('connection-x', 2, other);
    project([erasing]);
    await eventually(async () => (await rows()).length === 2);
    await stopAll();
    // In one batch: rows of before, rows of this batch, the event itself, and what follows it.
    await append('connection-a');
    await append('connection-b', 2);
    await append('connection-b', 1, { purge: true });
    await append('connection-c', 2);
    await append('connection-x', 1, other);
    project([erasing]);
    await eventually(async () => (await rows()).some(({ key }) => key === 'connection-c'));
    expect(await rows()).toEqual([
      { key: 'connection-b', doc: { events: 1, versions: [3] } },
      { key: 'connection-c', doc: { events: 2, versions: [1, 2] } },
      { key: 'connection-x', doc: { events: 3, versions: [1, 2, 3] } },
    ]);
  });

  it('given an event that cannot be folded, then its row stays as it was, and all others go on', async () => {
    const wary: Projection<Tally> = {
      ...tally,
      evolve(before, event) {
        if (event.streamId === 'connection-a' && event.streamVersion === 3) throw new Error('bad');
        return tally.evolve(before, event);
      },
    };
    await append('connection-a', 2);
    project([wary]);
    await append('connection-a', 2);
    await append('connection-b', 1);
    await eventually(async () => (await rows()).length === 2);
    await append('connection-a', 1);
    await append('connection-b', 1);
    await eventually(async () => (await rows())[1]?.doc.events === 2);
    expect((await rows())[0]?.doc.versions).toEqual([1, 2]);
    const stuck = await pool.query('select projection, key, position::int, error from rm.stuck');
    expect(stuck.rows).toEqual([
      {
        projection: 'tally_v1',
        key: 'connection-a',
        position: 3,
        error: expect.stringContaining('bad') as string,
      },
    ]);
    expect(reported).toMatchObject([{ code: 'FOLD_FAILED' }]);
  });
});

/** Another tenant on the same shard. */
function neighbourOf(tenant: string): string {
  for (let n = 0; ; n += 1) {
    const other = `neighbour-${n}`;
    if (shardOf(other) === shardOf(tenant)) return other;
  }
}
