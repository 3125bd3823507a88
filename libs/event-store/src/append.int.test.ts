import { someEvent, someEvents } from '@recoup/testkit';
import { newId, shardOf } from '@recoup/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventIdTaken, ForeignStream } from './errors.js';
import { BadRequest } from './encode.js';
import { openLog, request, written, type LogUnderTest } from './testing/log-under-test.js';

let log: LogUnderTest;
beforeAll(async () => {
  log = await openLog();
});
afterAll(() => log[Symbol.asyncDispose]());

describe('an append', () => {
  it('gives back what was written, in order', async () => {
    const events = someEvents(3);
    const outcome = written(await log.store.append(request('sync-1', 'absent', { events })));
    const read = await log.store.readStream('tenant-a', 'sync-1');
    expect(read.map((event) => event.id)).toEqual(events.map((event) => event.id));
    expect(read.map((event) => event.streamVersion)).toEqual([1, 2, 3]);
    expect(read[2]).toMatchObject({
      ...events[2],
      traceparent: null,
      tenantId: 'tenant-a',
      shard: shardOf('tenant-a'),
      position: outcome.position,
      schemaVersion: 1,
    });
    expect(outcome).toMatchObject({ version: 3, repeated: false });
  });

  it('answers the current version when another was expected, and writes nothing', async () => {
    await log.store.append(request('sync-2', 'absent', { events: someEvents(2) }));
    for (const expected of ['absent', 0, 1, 3] as const) {
      expect(await log.store.append(request('sync-2', expected))).toEqual({
        ok: false,
        reason: 'wrong_version',
        current: 2,
      });
    }
    expect(await log.store.append(request('sync-2-none', 'exists'))).toMatchObject({ current: 0 });
    expect(await log.store.readStream('tenant-a', 'sync-2')).toHaveLength(2);
  });

  it('accepts a stream of the expected kind', async () => {
    expect(await log.store.append(request('sync-3', 'any'))).toMatchObject({ version: 1 });
    expect(await log.store.append(request('sync-3', 'exists'))).toMatchObject({ version: 2 });
    expect(await log.store.append(request('sync-3', 2))).toMatchObject({ version: 3 });
    expect(await log.store.append(request('sync-3', 'any'))).toMatchObject({ version: 4 });
  });

  it('decides requests of one call on one new stream in their order', async () => {
    const outcomes = await Promise.all([
      log.store.append(request('sync-4', 'absent')),
      log.store.append(request('sync-4', 1)),
      log.store.append(request('sync-4', 'absent')),
      log.store.append(request('sync-4', 'exists')),
    ]);
    expect(outcomes).toMatchObject([
      { ok: true, version: 1 },
      { ok: true, version: 2 },
      { ok: false, reason: 'wrong_version', current: 2 },
      { ok: true, version: 3 },
    ]);
  });
});

describe('a repeat', () => {
  it.each([['absent'], ['any'], [0]] as const)(
    'expecting %s is success with the old place',
    async (expected) => {
      const again = request(`sync-repeat-${expected}`, expected, { events: someEvents(2) });
      const first = written(await log.store.append(again));
      await log.store.append(request(again.streamId, 'any'));
      expect(await log.store.append(again)).toEqual({ ...first, repeated: true });
      expect(await log.store.readStream('tenant-a', again.streamId)).toHaveLength(3);
    },
  );

  it('asked for at the same moment is written once', async () => {
    for (const expected of ['absent', 'any'] as const) {
      const twice = request(`sync-twice-${expected}`, expected, { events: someEvents(2) });
      const outcomes = await Promise.all([
        log.store.append(twice),
        log.store.append(twice),
        log.store.append(twice),
      ]);
      const [first, ...others] = outcomes.map(written);
      expect(first).toMatchObject({ version: 2, repeated: false });
      for (const other of others) expect(other).toEqual({ ...first, repeated: true });
    }
  });

  it('does not keep its neighbours of the same call from being written', async () => {
    const old = request('sync-old', 'any');
    await log.store.append(old);
    const outcomes = await Promise.all([
      log.store.append(request('sync-new-1', 'absent')),
      log.store.append(old),
      log.store.append(request('sync-new-2', 'absent')),
    ]);
    expect(outcomes.map((outcome) => written(outcome).repeated)).toEqual([false, true, false]);
  });
});

describe('what is refused', () => {
  it('an event id that another stream holds, be it the first of a request or a later one', async () => {
    const id = newId();
    await log.store.append(request('sync-5', 'absent', { events: [someEvent(id)] }));
    const first = request('sync-6', 'absent', { events: [someEvent(id), someEvent()] });
    const later = request('sync-6', 'absent', { events: [someEvent(), someEvent(id)] });
    await expect(log.store.append(first)).rejects.toThrow(EventIdTaken);
    await expect(log.store.append(later)).rejects.toThrow(EventIdTaken);
    expect(await log.store.readStream('tenant-a', 'sync-6')).toEqual([]);
  });

  it('a repeat that brings further events along', async () => {
    const id = newId();
    await log.store.append(request('sync-7', 'absent', { events: [someEvent(id)] }));
    const longer = request('sync-7', 'any', { events: [someEvent(id), someEvent()] });
    await expect(log.store.append(longer)).rejects.toThrow(EventIdTaken);
  });

  it("another tenant's stream, to write and to read, in its shard and in another", async () => {
    await log.store.append(request('sync-8', 'absent'));
    const sameShard = Array.from({ length: 200 }, (_, n) => `other-${n}`).find(
      (tenant) => shardOf(tenant) === shardOf('tenant-a'),
    );
    for (const tenantId of [sameShard ?? '', 'tenant-b']) {
      await expect(log.store.append(request('sync-8', 'any', { tenantId }))).rejects.toThrow(
        ForeignStream,
      );
      await expect(log.store.append(request('sync-8', 'absent', { tenantId }))).rejects.toThrow(
        ForeignStream,
      );
      expect(await log.store.readStream(tenantId, 'sync-8')).toEqual([]);
      expect(await log.store.readStreams(tenantId, ['sync-8'])).toEqual(new Map());
    }
  });

  it('a stream that two tenants begin at the same moment, for one of them', async () => {
    const results = await Promise.allSettled(
      ['tenant-a', 'tenant-b', 'tenant-c', 'tenant-d'].map((tenantId) =>
        log.another().append(request('sync-9', 'absent', { tenantId })),
      ),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(ForeignStream);
    }
  });

  it('a stream that two tenants reach for in one call, for the other one', async () => {
    const pair = (expected: 'absent' | 'any') => [
      log.store.append(request('sync-15', expected)),
      log.store.append(request('sync-15', expected, { tenantId: 'tenant-b' })),
    ];
    for (const expected of ['absent', 'any'] as const) {
      const [own, foreign] = await Promise.allSettled(pair(expected));
      expect(own).toMatchObject({ status: 'fulfilled', value: { ok: true } });
      expect(foreign).toMatchObject({ status: 'rejected', reason: expect.any(ForeignStream) });
    }
    const events = await log.store.readStream('tenant-a', 'sync-15');
    expect(events.map((event) => event.tenantId)).toEqual(['tenant-a', 'tenant-a']);
    const everyOther = await log.store.readShard(shardOf('tenant-b'), 0, 10_000);
    expect(everyOther.filter((event) => event.streamId === 'sync-15')).toEqual([]);
  });

  it.each([
    ['no events', request('sync-10', 'any', { events: [] })],
    ['a stream id with a separator', request('sync-\x1e10', 'any')],
    ['a reservation key with a separator', request('sync-10', 'any', { take: ['a\x1fb'] })],
    ['an empty tenant', request('sync-10', 'any', { tenantId: '' })],
    ['a negative version', request('sync-10', -1)],
    ['an id that is no UUID', request('sync-10', 'any', { events: [someEvent('1')] })],
    [
      'a time that is none',
      request('sync-10', 'any', { events: [{ ...someEvent(), occurredAt: 'soon' }] }),
    ],
  ])('%s', async (_what, bad) => {
    await expect(log.store.append(bad)).rejects.toThrow(BadRequest);
  });

  it('alone, while its neighbours of the same call are written', async () => {
    const id = newId();
    await log.store.append(request('sync-11', 'absent', { events: [someEvent(id)] }));
    const results = await Promise.allSettled([
      log.store.append(request('sync-12', 'absent')),
      log.store.append(request('sync-13', 'absent', { events: [someEvent(), someEvent(id)] })),
      log.store.append(request('sync-11', 'any', { tenantId: 'tenant-b' })),
      log.store.append(request('sync-14', 'absent')),
    ]);
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    const streams = await log.store.readStreams('tenant-a', ['sync-12', 'sync-13', 'sync-14']);
    expect([...streams.keys()].sort()).toEqual(['sync-12', 'sync-14']);
  });
});
