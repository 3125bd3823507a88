import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { Client } from '../testing/client.js';
import { openProgress, type ProgressClient } from '../testing/progress-client.js';
import { sessionToken } from '../testing/session-token.js';

let gateway: GatewayUnderTest;
let second: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
  second = await openGatewayUnderTest({}, gateway);
});
afterAll(async () => {
  await second[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
});

const FEED = '/api/sse/status';

describe('streams of two gateways on one database', () => {
  it('given frames seen at one, then the other goes on after them, back and forth, without loss or repeats', async () => {
    const user = await gateway.newUser();
    const syncId = await user.seller.request();
    const path = `/api/sse/sync-progress/${syncId}`;
    const places = [user, user.at(second.origin)];
    // Somebody watches at both, so that both have the sync in memory, each as far as it has heard.
    const watching = await Promise.all(places.map((client) => openProgress(client, path)));
    const writing = (async () => {
      for (let orders = 50; orders < 2500; orders += 50) await user.seller.progress(syncId, orders);
      await user.seller.complete(syncId);
    })();
    const seen: (string | undefined)[] = [];
    for (let turn = 0; ; turn += 1) {
      const client = await openProgress(places[turn % 2]!, path, seen.at(-1));
      if (client.response.status === 204) break;
      await client.frame(1);
      client.hangUp();
      await client.ended;
      seen.push(...client.frames.map(({ id }) => id));
    }
    await Promise.all([writing, ...watching.map(({ ended }) => ended)]);
    const ids = (await user.seller.events(syncId)).map(
      ({ shard, position }) => `${shard}-${position}`,
    );
    expect(seen).toEqual(ids.slice(ids.indexOf(seen[0] ?? '')));
    for (const { frames } of watching) {
      expect(frames.map(({ id }) => id)).toEqual(ids.slice(ids.indexOf(frames[0]?.id ?? '')));
    }
  });

  it('given a sign-out at one, then its streams end at both, and those of another session go on', async () => {
    const user = await gateway.newUser();
    const other = new Client(gateway.origin, {
      session_token: await sessionToken({ sub: user.tenantId, jti: 'another sign-in' }),
    });
    const mine = await Promise.all(
      [user, user.at(second.origin)].map((client) => openProgress(client, FEED)),
    );
    const theirs = await openProgress(other, FEED);
    await Promise.all([...mine, theirs].map((client) => client.frame(1)));
    expect((await user.post('/api/auth/logout')).status).toBe(200);
    await Promise.all(mine.map(({ ended }) => ended));
    await user.seller.request();
    await theirs.frame(2);
    theirs.hangUp();
  });

  it('given that a session ends, then its streams do, and the next open is refused as JSON', async () => {
    const user = await gateway.newUser();
    const exp = Math.ceil(Date.now() / 1000) + 2; // long enough to be opened on a busy machine
    const brief = new Client(gateway.origin, {
      session_token: await sessionToken({ sub: user.tenantId, exp }),
    });
    const feed = await openProgress(brief, FEED);
    await feed.frame(1);
    await feed.ended;
    expect(Date.now()).toBeGreaterThanOrEqual(exp * 1000);
    const headers = { accept: 'text/event-stream' };
    const { status, body } = await brief.ask(FEED, { headers });
    expect({ status, code: body['code'] }).toEqual({ status: 401, code: 'unauthenticated' });
  });

  it('given streams of both kinds, then they count together, and the oldest makes room', async () => {
    const user = await gateway.newUser();
    const syncId = await user.seller.request();
    const oldest = await openProgress(user, `/api/sse/sync-progress/${syncId}`);
    await oldest.frame(1);
    const feeds: ProgressClient[] = [];
    for (let n = 0; n < 20; n += 1) feeds.push(await openProgress(user, FEED));
    await oldest.ended;
    await Promise.all(feeds.map((feed) => feed.frame(1)));
    for (const feed of feeds) feed.hangUp();
  });

  it('given that one stops, then its clients are told to come back at different times, and go on at the other', async () => {
    const third = await openGatewayUnderTest({}, gateway);
    const user = await gateway.newUser();
    const there = user.at(third.origin);
    const feeds = await Promise.all(Array.from({ length: 5 }, () => openProgress(there, FEED)));
    await Promise.all(feeds.map((feed) => feed.frame(1)));
    await third[Symbol.asyncDispose]();
    await Promise.all(feeds.map(({ ended }) => ended));
    const pauses = feeds.map(({ text }) => text.match(/^retry: \d+$/gm)?.at(-1));
    expect(new Set(pauses).size).toBeGreaterThan(1);
    await user.seller.request();
    const again = await openProgress(user, FEED, feeds[0]?.frames[0]?.id);
    expect((await again.frame(1)).body).toMatchObject({ type: 'sync', status: 'in_progress' });
    expect(again.frames[0]?.body).not.toHaveProperty('reset');
    again.hangUp();
  });
});
