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
import { openPostgresLimiter } from './postgres-limiter.js';
import { noteAnswer, noteRefusal, takeToken } from './rate-bucket.js';
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

describe('a rate bucket', () => {
  it('given a rested seller, when many ask at once, then the burst is granted and the rest told to wait', async () => {
    const caller = callerOf('AMANYATONCE');
    const taken = await Promise.all(
      Array.from({ length: 60 }, () => takeToken(pool, 1, { caller, operation, now: null })),
    );
    expect(taken.filter(({ granted }) => granted)).toHaveLength(20);
    const waits = taken.filter(({ granted }) => !granted).map(({ waitMs }) => waitMs);
    // A token takes three minutes, from the first answer on or from two seconds later.
    for (const wait of waits) expect(wait).toBeGreaterThan(170_000);
  });

  it.each([
    ['no answer comes, then a full bucket fills again two seconds after the first call', null, 98],
    ['an answer comes, then a full bucket fills again from it on', 500, 99.5],
  ])('given %s', async (_name, answeredMs, filledSeconds) => {
    const caller = callerOf(`ARESTED${filledSeconds}`);
    const { sellerId } = caller;
    const start = Date.parse('2026-03-10T08:00:00Z');
    const at = (ms: number): Date => new Date(start + ms);
    for (let call = 0; call < 20; call += 1) {
      await takeToken(pool, 1, { caller, operation, now: at(10 * call) });
    }
    if (answeredMs !== null) {
      await noteAnswer(pool, { sellerId, operation, stated: null, now: at(answeredMs) });
    }
    const levels = await bucketLevels(pool, { scale: 1, sellerId, now: at(100_000) });
    expect(levels.searchOrders.tokens).toBeCloseTo(0.0056 * 0.999 * filledSeconds, 6);
  });

  it('given any number of takers, then never more than burst and rate allow', async () => {
    const caller = callerOf('ASTEADYRATE');
    const scale = 2000; // 11.2 calls a second
    const startedAt = performance.now();
    let granted = 0;
    const take = async (): Promise<void> => {
      while (performance.now() - startedAt < 1500) {
        const taken = await takeToken(pool, scale, { caller, operation, now: null });
        if (taken.granted) granted += 1;
        else await new Promise((resolve) => setTimeout(resolve, taken.waitMs));
      }
    };
    await Promise.all([take(), take(), take(), take()]);
    const seconds = (performance.now() - startedAt) / 1000;
    // A quarter of a second of the rate is held back of the burst of 20.
    expect(granted).toBeLessThanOrEqual(20 - 0.0056 * scale * 0.25 + 0.0056 * scale * seconds);
    expect(granted).toBeGreaterThan(20);
  });

  it('given a stated rate, then it replaces the published one with a margin, and survives in the database', async () => {
    const caller = callerOf('ASTATEDRATE');
    await takeToken(pool, 1, { caller, operation, now: null });
    await noteAnswer(pool, { sellerId: caller.sellerId, operation, stated: 0.1, now: null });
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
    await takeToken(pool, scale, { caller, operation, now: null });
    const together = [1, 2, 3].map(() => noteRefusal(pool, { sellerId, operation, now: null }));
    expect(await Promise.all(together)).toEqual([1, 1, 1]);
    const first = await waitLeft();
    await sitItOut();
    expect(await noteRefusal(pool, { sellerId, operation, now: null })).toBe(2);
    await sitItOut();
    expect(await noteRefusal(pool, { sellerId, operation, now: null })).toBe(3);
    expect(await waitLeft()).toBeGreaterThan(first);
    await noteAnswer(pool, { sellerId, operation, stated: null, now: null });
    await sitItOut();
    expect(await noteRefusal(pool, { sellerId, operation, now: null })).toBe(1);
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
    for (let call = 0; call < 20; call += 1) await limiter.take(caller, operation);
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
    for (let call = 0; call < 20; call += 1) await limiter.take(caller, operation);
    setMaxListeners(0, stop.signal);
    const before = queries.length;
    const waiting = Array.from({ length: 200 }, () =>
      limiter.take(caller, operation).catch(() => 'stopped'),
    );
    await eventually(() => pool.waitingCount === 0 && pool.idleCount === pool.totalCount);
    expect(queries.length - before).toBeLessThanOrEqual(4);
    stop.abort();
    expect(await Promise.all(waiting)).toContain('stopped');
  });

  it('given several waiting, when tokens come, then who has the lower rank goes first', async () => {
    const limiter = openPostgresLimiter({ pool, scale: 2000 }); // a token each 90 ms
    const caller = callerOf('AWAITING3');
    const served: number[] = [];
    for (let call = 0; call < 17; call += 1) await limiter.take(caller, operation);
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
