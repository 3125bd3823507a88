import { createHash } from 'node:crypto';
import { listenToLog, openEventStore, type EventStore } from '@recoup/event-store';
import { shardOf } from '@recoup/kernel';
import { createDatabase, eventually, someEvents } from '@recoup/testkit';
import { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import type { Projection } from './projection.js';
import { projectShard } from './projector.js';
import { rebuildProjection } from './rebuild.js';

const TENANT = 'tenant-rebuilt';
const SHARD = shardOf(TENANT);
const BEFORE = 1200;

interface Tally {
  readonly events: number;
  readonly word: string;
}

/** Counts the events of a stream, under a word that tells which fold made the row. */
const tally = (word: string): Projection<Tally> => ({
  name: 'tally',
  version: 1,
  keyOf: (event) => event.streamId,
  evolve: (before, { streamVersion }) => {
    if (streamVersion !== (before?.events ?? 0) + 1) throw new Error('lost, doubled or reordered');
    return { events: streamVersion, word: before?.word ?? word };
  },
});

const hashOf = (rows: readonly (readonly [key: string, events: number, position: number])[]) =>
  createHash('sha256')
    .update(JSON.stringify([...rows].sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex');

/** Of what readers see: every row, with the place of the event that made it so. */
async function rowHash(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ key: string; events: number; position: string }>(
    `select key, (doc ->> 'events')::int as events, position from rm.tally`,
  );
  return hashOf(rows.map(({ key, events, position }) => [key, events, Number(position)]));
}

/** Of the log folded from its first event on, with nothing in between. */
async function hashOfFold(store: Pick<EventStore, 'readShard'>): Promise<string> {
  const { evolve } = tally('folded');
  const folded = new Map<string, readonly [string, number, number]>();
  const docs = new Map<string, Tally>();
  for (let after = 0; ;) {
    const events = await store.readShard(SHARD, after, 500);
    if (events.length === 0) return hashOf([...folded.values()]);
    for (const event of events) {
      const doc = evolve(docs.get(event.streamId) ?? null, event);
      if (!doc) throw new Error('a tally is never removed');
      docs.set(event.streamId, doc);
      folded.set(event.streamId, [event.streamId, doc.events, event.position]);
      after = event.position;
    }
  }
}

describe('a rebuild', () => {
  it('given traffic and a running projector, then readers see all old rows or all new ones, and no event is lost', async () => {
    await using database = await createDatabase();
    const admin = new Pool({ connectionString: database.adminUrl });
    await admin.query(`select rm.create_projection('tally', 1);
      create index tally_by_word on rm.tally_v1 (tenant_id, (doc ->> 'word'))`);
    const connection = { connectionString: database.urlOf('recoup_gateway_follow') };
    const pool = new Pool(connection);
    const store = openEventStore(pool);
    const notifications = listenToLog(connection);
    const stop = new AbortController();
    const failures: unknown[] = [];
    const live = {
      ...{ pool, store, notifications, connection, projections: [tally('old')] },
      onError: (error: unknown) => void failures.push(error),
    };
    const append = async (streamId: string): Promise<void> => {
      const events = someEvents(1);
      await store.append({ tenantId: TENANT, streamId, expected: 'any', events });
    };
    const words = async () => {
      const { rows } = await pool.query<{ word: string; streams: number; events: number }>(
        `select doc ->> 'word' as word, count(*)::int as streams, sum((doc ->> 'events')::int)::int as events
         from rm.tally where key like 'connection-old-%' group by 1`,
      );
      return rows;
    };
    const indexes = async () => {
      const { rows } = await pool.query<{ indexname: string; indexdef: string }>(
        `select indexname, indexdef from pg_indexes where schemaname = 'rm' and tablename = 'tally_v1' order by 1`,
      );
      return rows;
    };
    await Promise.all(Array.from({ length: BEFORE }, (_, n) => append(`connection-old-${n}`)));
    const projecting = projectShard(live, SHARD, stop.signal);
    const old = { word: 'old', streams: BEFORE, events: BEFORE };
    const made = async () => (await words())[0]?.streams === BEFORE;
    await eventually(made, { timeoutMs: 60_000 });
    const before = await indexes();

    let rebuilding = true;
    let told = 0;
    const seen = new Set<string>();
    let count = 0;
    // One reader seldom meets the moment of the change; several always did, and once found each other locked.
    const readers = Array.from({ length: 6 }, async () => {
      while (rebuilding) seen.add(JSON.stringify(await words()));
    });
    const traffic = (async () => {
      while (rebuilding) {
        await append(`connection-new-${count % 7}`);
        count += 1;
      }
    })();
    const onProgress = (done: number, total: number) => {
      told = done / total;
    };
    await rebuildProjection({
      ...{ pool: admin, store: openEventStore(admin) },
      ...{ projection: tally('new'), onProgress },
    });
    rebuilding = false;
    await Promise.all([traffic, ...readers]);
    expect(told).toBe(1);

    const now = { ...old, word: 'new' };
    expect(await words()).toEqual([now]);
    expect([old, now].map((row) => JSON.stringify([row]))).toEqual(
      expect.arrayContaining([...seen]),
    );
    expect(await indexes()).toEqual(before);
    const arrived = async () => {
      const { rows } = await pool.query<{ events: number }>(
        `select coalesce(sum((doc ->> 'events')::int), 0)::int as events from rm.tally where key like 'connection-new-%'`,
      );
      return rows[0]?.events === count;
    };
    await eventually(arrived, { timeoutMs: 60_000 });
    expect(failures).toEqual([]);
    expect(await rowHash(pool)).toBe(await hashOfFold(store));
    const left = await admin.query(
      `select projection from rm.checkpoint where projection like 'tally%' and projection <> 'tally_v1'
       union all select projection from rm.stuck`,
    );
    expect(left.rows).toEqual([]);

    stop.abort();
    await projecting;
    await notifications[Symbol.asyncDispose]();
    await Promise.all([pool.end(), admin.end()]);
  }, 180_000);
});
