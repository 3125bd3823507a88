import { someEvents } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLog, request, upTo, written, type LogUnderTest } from './testing/log-under-test.js';

let log: LogUnderTest;
beforeAll(async () => {
  log = await openLog();
});
afterAll(() => log[Symbol.asyncDispose]());

const owner = (key: string): Promise<string | null> => log.store.reservationOwner('tenant-a', key);

describe('a reservation', () => {
  it('is taken together with the events of its request', async () => {
    written(await log.store.append(request('sync-1', 'absent', { take: ['k1', 'k1-more'] })));
    expect([await owner('k1'), await owner('k1-more')]).toEqual(['sync-1', 'sync-1']);
  });

  it('is not taken by a request that loses on its version', async () => {
    await log.store.append(request('sync-2', 'absent'));
    expect(await log.store.append(request('sync-2', 'absent', { take: ['k2'] }))).toMatchObject({
      ok: false,
    });
    expect(await owner('k2')).toBeNull();
  });

  it('may be taken again by its owner', async () => {
    written(await log.store.append(request('sync-3', 'absent', { take: ['k3'] })));
    expect(await log.store.append(request('sync-3', 1, { take: ['k3'] }))).toMatchObject({
      ok: true,
      version: 2,
    });
  });

  it('held by another is answered with its owner, and nothing is written or taken', async () => {
    written(await log.store.append(request('sync-4', 'absent', { take: ['k4'] })));
    expect(
      await log.store.append(request('sync-5', 'absent', { take: ['k4-free', 'k4'] })),
    ).toEqual({
      ok: false,
      reason: 'reserved',
      key: 'k4',
      owner: 'sync-4',
    });
    expect(await log.store.readStream('tenant-a', 'sync-5')).toEqual([]);
    expect(await owner('k4-free')).toBeNull();
  });

  it('is given back by its owner only', async () => {
    written(await log.store.append(request('sync-6', 'absent', { take: ['k6'] })));
    written(await log.store.append(request('sync-7', 'absent', { release: ['k6'] })));
    expect(await owner('k6')).toBe('sync-6');
    written(await log.store.append(request('sync-6', 1, { release: ['k6'] })));
    expect(await owner('k6')).toBeNull();
  });

  it('passes on within one call, in the order of the requests', async () => {
    written(await log.store.append(request('sync-8', 'absent', { take: ['k8'] })));
    const outcomes = await Promise.all([
      log.store.append(request('sync-9', 'absent', { take: ['k8'] })),
      log.store.append(request('sync-8', 1, { release: ['k8'] })),
      log.store.append(request('sync-10', 'absent', { take: ['k8'] })),
    ]);
    expect(outcomes).toMatchObject([{ ok: false, owner: 'sync-8' }, { ok: true }, { ok: true }]);
    expect(await owner('k8')).toBe('sync-10');
  });

  it('is a tenant’s own: the same key of another tenant in another shard is free', async () => {
    written(await log.store.append(request('sync-11', 'absent', { take: ['k11'] })));
    const other = { tenantId: 'tenant-b', take: ['k11'] };
    written(await log.store.append(request('sync-12', 'absent', other)));
  });

  it('goes to one of twenty who want it at once, from several processes', async () => {
    const stores = [log.store, log.another(), log.another(), log.another()];
    const outcomes = await Promise.all(
      upTo(20).map(async (n) => {
        const wanted = request(`sync-race-${n}`, 'absent', {
          take: ['race'],
          events: someEvents(2),
        });
        return stores[n % stores.length]!.append(wanted);
      }),
    );
    const winners = upTo(20).filter((n) => outcomes[n - 1]?.ok);
    expect(winners).toHaveLength(1);
    expect(await owner('race')).toBe(`sync-race-${winners[0]}`);
    const streams = await log.store.readStreams(
      'tenant-a',
      upTo(20).map((n) => `sync-race-${n}`),
    );
    expect([...streams.keys()]).toEqual([`sync-race-${winners[0]}`]);
  });
});
