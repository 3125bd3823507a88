import { someEvents } from '@recoup/testkit';
import { ALL_SHARDS, shardOf } from '@recoup/kernel';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppendOutcome } from './append-request.js';
import { callValues, APPEND } from './append-call.js';
import { encode } from './encode.js';
import type { EventStore } from './event-store.js';
import { openLog, request, upTo, written, type LogUnderTest } from './testing/log-under-test.js';

let log: LogUnderTest;
beforeAll(async () => {
  log = await openLog();
});
afterAll(() => log[Symbol.asyncDispose]());

/** All of a shard as a reader sees it, who throws at the first hole. */
async function readAll(store: EventStore, shard: number): Promise<readonly number[]> {
  const events = await store.readShard(shard, 0, 100_000);
  return events.map((event) => event.position);
}

/** An append inside a transaction that is the caller's. */
async function appendWithin(client: Client, streamId: string): Promise<void> {
  await client.query(APPEND.text, callValues([encode(request(streamId, 'any'))], false));
}

describe('positions', () => {
  it('stay dense while many write distinct streams of many tenants from several processes', async () => {
    const stores = [log.store, log.another(), log.another()];
    const before = await Promise.all(ALL_SHARDS.map((shard) => readAll(log.store, shard)));
    await Promise.all(
      upTo(300).map(async (n) => {
        const events = someEvents((n % 4) + 1);
        const tenantId = `tenant-${n % 11}`;
        written(
          await stores[n % 3]!.append(request(`sync-many-${n}`, 'absent', { tenantId, events })),
        );
      }),
    );
    const after = await Promise.all(ALL_SHARDS.map((shard) => readAll(log.store, shard)));
    const count = (all: readonly (readonly number[])[]): number => all.flat().length;
    expect(count(after) - count(before)).toBe(upTo(300).reduce((sum, n) => sum + (n % 4) + 1, 0));
    for (const positions of after) expect(positions).toEqual(upTo(positions.length));
  });

  it('and versions stay dense on one stream that all want at once', async () => {
    const stores = [log.store, log.another(), log.another()];
    const tries = await Promise.all(
      upTo(24).map(async (n) => {
        for (let wanted = 0; ;) {
          const outcome = await stores[n % 3]!.append(request('sync-hot', wanted));
          if (outcome.ok) return outcome.version;
          if (outcome.reason === 'wrong_version') wanted = outcome.current;
        }
      }),
    );
    expect(tries.sort((a, b) => a - b)).toEqual(upTo(24));
    const events = await log.store.readStream('tenant-a', 'sync-hot');
    expect(events.map((event) => event.streamVersion)).toEqual(upTo(24));
  });

  it('have no hole after a transaction that appended and rolled back', async () => {
    const client = await log.admin();
    const { position } = written(await log.store.append(request('sync-before', 'absent')));
    await client.query('begin');
    await appendWithin(client, 'sync-gone');
    await client.query('rollback');
    const next = written(await log.store.append(request('sync-after', 'absent')));
    expect(next.position).toBe(position + 1);
    expect(await log.store.readStream('tenant-a', 'sync-gone')).toEqual([]);
  });

  it('follow the order of the appends, not the age of their transactions', async () => {
    const older = await log.admin();
    await older.query('begin');
    await older.query('select pg_current_xact_id()');
    const younger = written(await log.store.append(request('sync-order', 'absent')));
    const read = await readAll(log.store, shardOf('tenant-a'));
    expect(read.at(-1)).toBe(younger.position); // seen at once, although an older transaction is open
    await appendWithin(older, 'sync-order');
    await older.query('commit');
    const events = await log.store.readStream('tenant-a', 'sync-order');
    expect(events.map((event) => event.position - younger.position)).toEqual([0, 1]);
  });

  it('are readable while a write transaction idles in another database of the server', async () => {
    const url = new URL(log.database.adminUrl);
    url.pathname = '/postgres';
    const elsewhere = new Client({ connectionString: url.href });
    await elsewhere.connect();
    try {
      await elsewhere.query('begin');
      await elsewhere.query('create temporary table idle (n int)');
      await elsewhere.query('select pg_current_xact_id()');
      for (const n of upTo(3)) {
        const { position } = written(await log.store.append(request(`sync-idle-${n}`, 'absent')));
        expect((await readAll(log.store, shardOf('tenant-a'))).at(-1)).toBe(position);
      }
    } finally {
      await elsewhere.query('rollback');
      await elsewhere.end();
    }
  });
});

/** What a model of one stream says about a request, given its version so far. */
function expectedOutcome(version: number, expected: number | 'any' | 'absent' | 'exists'): boolean {
  if (expected === 'any') return true;
  if (expected === 'exists') return version > 0;
  return expected === 'absent' ? version === 0 : expected === version;
}

describe('whatever is asked at once', () => {
  const step = fc.record({
    stream: fc.integer({ min: 0, max: 2 }),
    tenant: fc.integer({ min: 0, max: 1 }),
    expected: fc.oneof(fc.constantFrom('any', 'absent', 'exists'), fc.integer({ min: 0, max: 4 })),
    count: fc.integer({ min: 1, max: 3 }),
    together: fc.boolean(),
  });

  it('outcomes are those of one request after the other, and versions and positions are dense', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        run += 1;
        const pending: Promise<AppendOutcome>[] = [];
        for (const { stream, tenant, expected, count, together } of steps) {
          const tenantId = `p-${tenant}`;
          const streamId = `sync-p${run}-${tenant}-${stream}`;
          pending.push(
            log.store.append({ tenantId, streamId, expected, events: someEvents(count) }),
          );
          if (!together) await pending.at(-1);
        }
        const outcomes = await Promise.all(pending);
        const versions = new Map<string, number>();
        steps.forEach(({ stream, tenant, expected, count }, at) => {
          const key = `${tenant}-${stream}`;
          const version = versions.get(key) ?? 0;
          const wins = expectedOutcome(version, expected);
          expect(outcomes[at]).toMatchObject(
            wins ? { ok: true, version: version + count } : { ok: false, current: version },
          );
          if (wins) versions.set(key, version + count);
        });
        for (const [key, version] of versions) {
          const [tenant] = key.split('-');
          const events = await log.store.readStream(`p-${tenant}`, `sync-p${run}-${key}`);
          expect(events.map((event) => event.streamVersion)).toEqual(upTo(version));
        }
        for (const tenantId of ['p-0', 'p-1']) {
          const positions = await readAll(log.store, shardOf(tenantId));
          expect(positions).toEqual(upTo(positions.length));
        }
      }),
      { numRuns: 60 },
    );
  });
});
