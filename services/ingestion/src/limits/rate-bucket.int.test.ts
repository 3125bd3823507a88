import { reservations, streams } from '@recoup/contracts';
import { requestSync } from '@recoup/domain';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { newId } from '@recoup/kernel';
import { createDatabase, eventually } from '@recoup/testkit';
import { setMaxListeners } from 'node:events';
import { Pool, type QueryConfig } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../amazon/rate-limiter.js';
import { bucketLevels } from './bucket-levels.js';
import { openPostgresLimiter, type PostgresLimiter } from './postgres-limiter.js';
import {
  noteLanding,
  noteRefusal,
  takeToken,
  type CallUnderWay,
  type Landing,
} from './rate-bucket.js';
import { SyncNotActive } from './sync-not-active.js';

let database: Awaited<ReturnType<typeof createDatabase>>;
let pool: Pool;
let store: EventStore;

beforeAll(async () => {
  database = await createDatabase();
  pool = new Pool({ connectionString: database.urlOf('recoup_ingestion_follow'), max: 20 });
  store = openEventStore(pool);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const operation = 'searchOrders';
const callerOf = (sellerId: string): Caller => ({
  sellerId,
  region: 'na',
  sync: null,
  signal: new AbortController().signal,
});

type Seven = [
  CallUnderWay,
  CallUnderWay,
  CallUnderWay,
  CallUnderWay,
  CallUnderWay,
  CallUnderWay,
  CallUnderWay,
];
const HEARD: Landing = { answered: true, stated: null, now: null };

async function takeOne(caller: Caller, scale: number): Promise<CallUnderWay> {
  const { call } = await takeToken(pool, scale, { caller, operation, now: null });
  if (!call) throw new Error('the bucket is empty');
  return call;
}

/** So many calls that were answered at once. */
async function makeCalls(limiter: PostgresLimiter, caller: Caller, calls: number): Promise<void> {
  for (let call = 0; call < calls; call += 1) {
    await (await limiter.take(caller, operation)).answered(null);
  }
}

describe('a rate bucket', () => {
  it('given a rested seller, when many ask at once, then no more than the burst is granted and the rest told to wait', async () => {
    const caller = callerOf('AMANYATONCE');
    const taken = await Promise.all(
      Array.from({ length: 60 }, () => takeToken(pool, 1, { caller, operation, now: null })),
    );
    // Of the twentieth, two milliseconds of the rate are held back, and nothing refills beside calls that have no answer.
    expect(taken.filter(({ call }) => call)).toHaveLength(19);
    for (const { call, waitMs } of taken) if (!call) expect(waitMs).toBeGreaterThan(1);
  });

  it('given a full bucket, then it fills again from the first answer on, which proves that a call has arrived', async () => {
    const caller = callerOf('ARESTED');
    const { sellerId } = caller;
    const start = Date.parse('2026-03-10T08:00:00Z');
    const at = (ms: number): Date => new Date(start + ms);
    const levelAt = async (ms: number): Promise<number> =>
      (await bucketLevels(pool, { scale: 1, sellerId, now: at(ms) })).searchOrders.tokens;
    const { call } = await takeToken(pool, 1, { caller, operation, now: at(0) });
    for (let further = 1; further < 15; further += 1) {
      await takeToken(pool, 1, { caller, operation, now: at(10 * further) });
    }
    expect(await levelAt(500)).toBeCloseTo(5, 4);
    await noteLanding(pool, call as CallUnderWay, { ...HEARD, now: at(500) });
    expect(await levelAt(100_000)).toBeCloseTo(5 + 0.0056 * 0.999 * 99.5, 4);
  });

  it('given any number of takers, then never more than burst and rate allow', async () => {
    const caller = callerOf('ASTEADYRATE');
    const scale = 2000; // 11.2 calls a second
    const startedAt = performance.now();
    let granted = 0;
    const take = async (): Promise<void> => {
      while (performance.now() - startedAt < 1500) {
        const taken = await takeToken(pool, scale, { caller, operation, now: null });
        if (taken.call) {
          granted += 1;
          await noteLanding(pool, taken.call, HEARD);
        } else await new Promise((resolve) => setTimeout(resolve, taken.waitMs));
      }
    };
    await Promise.all([take(), take(), take(), take()]);
    const seconds = (performance.now() - startedAt) / 1000;
    expect(granted).toBeLessThanOrEqual(20 + 0.0056 * scale * seconds);
    expect(granted).toBeGreaterThan(20);
  });

  it('given a stated rate, then it replaces the published one with a margin, and survives in the database', async () => {
    const caller = callerOf('ASTATEDRATE');
    await noteLanding(pool, await takeOne(caller, 1), { ...HEARD, stated: 0.1 });
    expect(
      (await bucketLevels(pool, { scale: 1, sellerId: caller.sellerId })).searchOrders.rate,
    ).toBeCloseTo(0.0999, 6);
  });

  it('given refusals in a row, then the waits grow, an answer ends them, and refusals of one moment count once', async () => {
    const caller = callerOf('AREFUSED1');
    const { sellerId } = caller;
    const scale = 10; // a token each 18 s: far longer than anything here takes
    const waitLeft = async (): Promise<number> =>
      (await takeToken(pool, scale, { caller, operation, now: null })).waitMs;
    const sitItOut = (): Promise<unknown> =>
      pool.query(
        "update ingestion.rate_bucket set blocked_until = '-infinity' where seller_id = $1",
        [sellerId],
      );
    const calls = [1, 2, 3, 4, 5, 6, 7].map(() => takeOne(caller, scale));
    const [one, two, three, fourth, fifth, sixth, last] = (await Promise.all(calls)) as Seven;
    const together = [one, two, three].map((call) => noteRefusal(pool, call, null));
    expect(await Promise.all(together)).toEqual([1, 1, 1]);
    const first = await waitLeft();
    await sitItOut();
    expect(await noteRefusal(pool, fourth, null)).toBe(2);
    await sitItOut();
    expect(await noteRefusal(pool, fifth, null)).toBe(3);
    expect(await waitLeft()).toBeGreaterThan(first);
    await noteLanding(pool, sixth, HEARD);
    await sitItOut();
    expect(await noteRefusal(pool, last, null)).toBe(1);
  });
});

describe('the limiter of a sync', () => {
  async function activeSync(tenantId: string): Promise<{ caller: Caller; syncId: string }> {
    const syncId = newId();
    const cause = { actor: 'user:1', at: new Date(), correlationId: newId(), causationId: null };
    const outcome = await store.append(requestSync({ tenantId, syncId, trigger: 'manual' }, cause));
    expect(outcome.ok).toBe(true);
    return { syncId, caller: { ...callerOf(`A${tenantId}`), sync: { tenantId, syncId } } };
  }

  async function cancel(tenantId: string, syncId: string): Promise<void> {
    const outcome = await store.append({
      tenantId,
      streamId: streams.sync(syncId),
      expected: 'exists',
      release: [reservations.activeSync(tenantId)],
      events: [
        {
          id: newId(),
          type: 'sync.cancelled',
          occurredAt: new Date().toISOString(),
          correlationId: newId(),
          causationId: null,
          actor: 'user:1',
          data: { syncId, reason: 'asked' },
        },
      ],
    });
    expect(outcome.ok).toBe(true);
  }

  it('given a cancelled sync, then the next token is refused although the bucket is full', async () => {
    const limiter = openPostgresLimiter({ pool, scale: 1 });
    const { caller, syncId } = await activeSync('tenant-cancelled');
    await limiter.take(caller, operation);
    await cancel('tenant-cancelled', syncId);
    const before = await bucketLevels(pool, { scale: 1, sellerId: caller.sellerId });
    await expect(limiter.take(caller, operation)).rejects.toBeInstanceOf(SyncNotActive);
    const after = await bucketLevels(pool, { scale: 1, sellerId: caller.sellerId });
    expect(after.searchOrders.tokens).toBeGreaterThanOrEqual(before.searchOrders.tokens);
  });

  it('given a newer sync of the tenant, then the older one is refused and the newer is not', async () => {
    const limiter = openPostgresLimiter({ pool, scale: 1 });
    const older = await activeSync('tenant-replaced');
    await cancel('tenant-replaced', older.syncId);
    const newer = await activeSync('tenant-replaced');
    await limiter.take(newer.caller, operation);
    await expect(limiter.take(older.caller, operation)).rejects.toBeInstanceOf(SyncNotActive);
  });

  it('given an empty bucket, when the work is stopped, then the wait ends with the reason', async () => {
    const limiter = openPostgresLimiter({ pool, scale: 1 });
    const stop = new AbortController();
    const caller = { ...callerOf('AWAITING1'), signal: stop.signal };
    await makeCalls(limiter, caller, 20);
    const waiting = limiter.take(caller, operation);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });

  it('given many waiting, then no database connection is held, and only the first of them asks the bucket', async () => {
    const queries: string[] = [];
    const counting = new Proxy(pool, {
      get: (target, name) =>
        name === 'query'
          ? (query: QueryConfig) => (queries.push(query.name ?? ''), target.query(query))
          : (Reflect.get(target, name) as unknown),
    });
    const limiter = openPostgresLimiter({ pool: counting, scale: 1 });
    const stop = new AbortController();
    const caller = { ...callerOf('AWAITING2'), signal: stop.signal };
    await makeCalls(limiter, caller, 20);
    setMaxListeners(0, stop.signal);
    const before = queries.length;
    const waiting = Array.from({ length: 200 }, () =>
      limiter.take(caller, operation).catch(() => 'stopped'),
    );
    await eventually(() => pool.waitingCount === 0 && pool.idleCount === pool.totalCount);
    // One, and one more when a nap ends: the next token comes after three minutes.
    expect(queries.length - before).toBeLessThanOrEqual(4);
    stop.abort();
    expect(await Promise.all(waiting)).toContain('stopped');
  });

  it('given several waiting, when tokens come, then who has the lower rank goes first', async () => {
    const limiter = openPostgresLimiter({ pool, scale: 2000 }); // a token each 90 ms
    const caller = callerOf('AWAITING3');
    const served: number[] = [];
    await makeCalls(limiter, caller, 20);
    const ranks = [3, 9, 1, 2, 7];
    await Promise.all(
      ranks.map((rank) =>
        limiter.take({ ...caller, rank }, operation).then(() => served.push(rank)),
      ),
    );
    // The first came when nobody waited.
    expect(served).toEqual([3, 1, 2, 7, 9]);
  });
});
