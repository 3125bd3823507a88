import { once } from 'node:events';
import { connect } from 'node:net';
import { shardOf } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import { openProgress, type ProgressClient } from '../testing/progress-client.js';

let gateway: GatewayUnderTest;
let user: User;
let syncId: string;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function begin(): Promise<void> {
  user = await gateway.newUser();
  syncId = await user.seller.request();
}

const open = (lastEventId?: string): Promise<ProgressClient> =>
  openProgress(user, `/api/sse/sync-progress/${syncId}`, lastEventId);

const idAt = (position: number): string => `${shardOf(user.tenantId)}-${position}`;
const progressOf = ({ frames }: ProgressClient): unknown[] =>
  frames.map(({ body }) => body['progress']);

describe('a running sync', () => {
  it('given an open, then the present state comes at once, unnamed, whole, and marked as a reset', async () => {
    await begin();
    const position = await user.seller.progress(syncId, 500);
    const stream = await open();
    const { headers } = stream.response;
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(headers.get('x-accel-buffering')).toBe('no');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(await stream.frame(1)).toMatchObject({
      id: idAt(position),
      event: undefined,
      body: {
        reset: true,
        syncId,
        status: 'in_progress',
        progress: 20,
        message: 'Processing orders... 500 of 2,500 orders processed',
        ordersProcessed: 500,
        totalOrders: 2500,
      },
    });
    stream.hangUp();
  });

  it('given changes, then one frame each, in order; the last one is terminal and the server closes', async () => {
    await begin();
    const stream = await open();
    await stream.frame(1);
    const positions = [
      await user.seller.progress(syncId, 1000),
      await user.seller.progress(syncId, 2000),
      await user.seller.complete(syncId),
    ];
    await stream.ended;
    expect(stream.frames.slice(1).map(({ id }) => id)).toEqual(positions.map(idAt));
    expect(progressOf(stream)).toEqual([0, 40, 80, 100]);
    expect(stream.frames.slice(1).some(({ body }) => 'reset' in body)).toBe(false);
    expect(stream.frames.at(-1)?.body).toMatchObject({
      status: 'complete',
      message: 'Sync Complete',
    });
  });

  it('given a failure or a cancel, then that is the terminal frame', async () => {
    await begin();
    const failing = await open();
    await failing.frame(1);
    await user.seller.fail(syncId, 'Failed to fetch orders: API rate limit exceeded');
    await failing.ended;
    expect(failing.frames.at(-1)?.body).toMatchObject({
      status: 'failed',
      message: 'Failed to fetch orders: API rate limit exceeded',
    });
    syncId = await user.seller.request();
    const cancelled = await open();
    await cancelled.frame(1);
    expect((await user.post(`/api/sync/cancel/${syncId}`)).status).toBe(200);
    await cancelled.ended;
    expect(cancelled.frames.at(-1)?.body).toMatchObject({ status: 'cancelled' });
  });

  it('given two clients and another sync on the same shard, then both hear this one, and only this one', async () => {
    await begin();
    const [one, two] = await Promise.all([open(), open()]);
    await Promise.all([one.frame(1), two.frame(1)]);
    await user.seller.claims([{}]);
    await user.seller.complete(syncId);
    const next = await user.seller.request();
    await user.seller.progress(next, 100);
    await Promise.all([one.ended, two.ended]);
    expect(progressOf(one)).toEqual([0, 100]);
    expect(two.frames).toEqual(one.frames);
  });

  it('given changes while streams are being opened, then none is lost and none comes twice', async () => {
    for (let round = 0; round < 5; round += 1) {
      await begin(); // a new user: nobody follows the shard yet when the streams open
      const writing = (async () => {
        for (let orders = 50; orders < 2500; orders += 50)
          await user.seller.progress(syncId, orders);
        await user.seller.complete(syncId);
      })();
      const streams = await Promise.all(Array.from({ length: 6 }, () => open()));
      await Promise.all([writing, ...streams.map(({ ended }) => ended)]);
      const ids = (await user.seller.events(syncId)).map(({ position }) => idAt(position));
      for (const { frames } of streams) {
        const first = ids.indexOf(frames[0]?.id ?? '');
        expect(first).toBeGreaterThanOrEqual(0);
        expect(frames.map(({ id }) => id)).toEqual(ids.slice(first));
      }
    }
  });

  it('given more streams than a user may have, then the oldest is closed and the newest is served', async () => {
    await begin();
    const oldest = await open();
    await oldest.frame(1);
    const others = await Promise.all(Array.from({ length: 20 }, () => open()));
    await oldest.ended;
    await Promise.all(others.map((stream) => stream.frame(1)));
    for (const stream of others) stream.hangUp();
  });
});

describe('a client that comes back', () => {
  it('given the id of any frame, then exactly the later ones, without a reset', async () => {
    await begin();
    for (const orders of [500, 1000, 1500]) await user.seller.progress(syncId, orders);
    const events = await user.seller.events(syncId);
    for (const [index, { position }] of events.entries()) {
      const stream = await open(idAt(position));
      const later = events.slice(index + 1).map((event) => idAt(event.position));
      await eventually(() => stream.frames.length >= later.length);
      expect(stream.frames.map(({ id }) => id)).toEqual(later);
      expect(stream.frames.some(({ body }) => 'reset' in body)).toBe(false);
      stream.hangUp();
    }
    const stream = await open(idAt(events.at(-1)!.position));
    await user.seller.complete(syncId);
    await stream.ended;
    expect(progressOf(stream)).toEqual([100]);
  });

  it('given a client that hangs up after every frame, then it sees each change once', async () => {
    await begin();
    const writing = (async () => {
      for (let orders = 250; orders < 2500; orders += 250)
        await user.seller.progress(syncId, orders);
      await user.seller.complete(syncId);
    })();
    const seen: (string | undefined)[] = [];
    for (let over = false; !over;) {
      const stream = await open(seen.at(-1));
      over = stream.response.status === 204;
      if (over) break;
      const frame = await stream.frame(1);
      seen.push(frame.id);
      stream.hangUp();
      await stream.ended;
    }
    await writing;
    const ids = (await user.seller.events(syncId)).map(({ position }) => idAt(position));
    expect(seen).toEqual(ids.slice(ids.indexOf(seen[0] ?? '')));
  });

  it('given the id of the terminal frame, then 204', async () => {
    await begin();
    const position = await user.seller.complete(syncId);
    const { status, text } = await user.ask(`/api/sse/sync-progress/${syncId}`, {
      headers: { 'last-event-id': idAt(position) },
    });
    expect({ status, text }).toEqual({ status: 204, text: '' });
  });

  it.each(['', 'nonsense', '99-1', 'past the end', 'another shard'])(
    'given an id that is no place in this sync (%s), then a snapshot, also of a sync that has ended',
    async (what) => {
      await begin();
      const position = await user.seller.progress(syncId, 500);
      const shard = shardOf(user.tenantId);
      const ids: Record<string, string> = {
        'past the end': `${shard}-${position + 1000}`,
        'another shard': `${(shard + 1) % 16}-${position}`,
      };
      const running = await open(ids[what] ?? what);
      expect((await running.frame(1)).body).toMatchObject({ reset: true, progress: 20 });
      running.hangUp();
      await user.seller.complete(syncId);
      const over = await open(ids[what] ?? what);
      await over.ended;
      expect(over.frames.map(({ body }) => body)).toMatchObject([
        { reset: true, status: 'complete' },
      ]);
    },
  );

  it('given a fresh open of a sync that has ended, then its terminal frame once, with its claims, and the close', async () => {
    await begin();
    await user.seller.complete(syncId);
    await user.seller.detected(syncId, 7);
    const status = `/api/sync/status/${syncId}`;
    await eventually(async () => (await user.get(status)).body['claimsDetected'] === 7);
    const stream = await open();
    await stream.ended;
    expect(stream.frames.map(({ body }) => body)).toMatchObject([
      { status: 'complete', progress: 100, message: 'Sync Complete', claimsDetected: 7 },
    ]);
  });

  it('given a HEAD, then the headers, and no stream that stays open', async () => {
    await begin();
    const { hostname, port } = new URL(gateway.origin);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.write(
      `HEAD /api/sse/sync-progress/${syncId} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n` +
        `Cookie: session_token=${user.cookies.get('session_token')}\r\n\r\n`,
    );
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('text/event-stream');
  });
});
