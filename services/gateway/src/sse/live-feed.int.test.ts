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

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const open = (user: User, lastEventId?: string): Promise<ProgressClient> =>
  openProgress(user, '/api/sse/status', lastEventId);

const wordsOf = ({ frames }: ProgressClient): string[] =>
  frames.map(({ body }) => `${String(body['type'])} ${String(body['status'])}`);

const idAt = (user: User, position: number): string => `${shardOf(user.tenantId)}-${position}`;

/** All that happens to a sync and its claims; answers the claim. */
async function story({ seller }: User): Promise<string> {
  const syncId = await seller.request();
  for (const orders of [500, 1000, 2000]) await seller.progress(syncId, orders);
  await seller.complete(syncId);
  const [claimId = ''] = await seller.claims([{}]);
  await seller.detected(syncId, 1);
  await seller.onClaim('claim.submitted', {
    claimId,
    channel: 'sandbox',
    amazonCaseId: 'case-1',
    submittedAt: '2026-11-21T10:00:00.000Z',
  });
  return claimId;
}

const STORY = [
  'sync in_progress',
  'sync complete',
  'claim detected',
  'detection complete',
  'claim filed',
];

describe('the live feed', () => {
  it('given a user who has never synced, then a snapshot that says so, at once', async () => {
    const user = await gateway.newUser();
    const feed = await open(user);
    expect(feed.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect((await feed.frame(1)).body).toEqual({
      type: 'sync',
      status: 'idle',
      reset: true,
      data: {},
    });
    feed.hangUp();
  });

  it('given a HEAD, then the headers, and no stream that stays open', async () => {
    const user = await gateway.newUser();
    const { status, headers, text } = await user.ask('/api/sse/status', { method: 'HEAD' });
    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  });

  it('given a sync and its claims, then their transitions in order, unnamed, with ids, and no progress tick', async () => {
    const user = await gateway.newUser();
    const feed = await open(user);
    await feed.frame(1);
    const claimId = await story(user);
    const filed = await feed.frame(6);
    expect(wordsOf(feed).slice(1)).toEqual(STORY);
    expect(filed.body['data']).toMatchObject({ claimId, amazonCaseId: 'case-1' });
    const ids = feed.frames.map(({ id }) => Number(id?.split('-')[1]));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(new Set(ids).size).toBe(ids.length);
    expect(feed.frames.every(({ event }) => event === undefined)).toBe(true);
    feed.hangUp();
  });

  it('given a sync that runs or has ended, then the snapshot shows it, and later frames are no reset', async () => {
    const user = await gateway.newUser();
    const syncId = await user.seller.request();
    await user.seller.progress(syncId, 500);
    const feed = await open(user);
    expect((await feed.frame(1)).body).toMatchObject({
      type: 'sync',
      status: 'in_progress',
      reset: true,
      data: { syncId, progress: 20 },
    });
    await user.seller.fail(syncId, 'Amazon refused.');
    expect((await feed.frame(2)).body).toMatchObject({
      type: 'sync',
      status: 'failed',
      data: { syncId, message: 'Amazon refused.' },
    });
    expect(feed.frames[1]?.body).not.toHaveProperty('reset');
    feed.hangUp();
  });

  it('given a frame, then reads show what it tells', async () => {
    const user = await gateway.newUser();
    const feed = await open(user);
    await feed.frame(1);
    for (let round = 1; round <= 5; round += 1) {
      const [claimId] = await user.seller.claims([{}]);
      await feed.frame(round + 1);
      const { text } = await user.get('/api/recoveries');
      expect(text).toContain(claimId);
    }
    feed.hangUp();
  });

  it('given other users, also on the same shard, then nothing of theirs', async () => {
    const user = await gateway.newUser();
    let other = await gateway.newUser();
    while (shardOf(other.tenantId) !== shardOf(user.tenantId)) other = await gateway.newUser();
    const [mine, theirs] = [await open(user), await open(other)];
    await Promise.all([mine.frame(1), theirs.frame(1)]);
    await story(other);
    const syncId = await user.seller.request();
    await mine.frame(2);
    await theirs.frame(6);
    expect(mine.frames[1]?.body['data']).toMatchObject({ syncId });
    expect(mine.frames).toHaveLength(2);
    expect(theirs.text).not.toContain(syncId);
    const resumed = await open(user, idAt(user, 0));
    await resumed.frame(1);
    expect(resumed.frames.map(({ body }) => body['data'])).toMatchObject([{ syncId }]);
    for (const feed of [mine, theirs, resumed]) feed.hangUp();
  });
});

describe('a client of the feed that comes back', () => {
  it('given the id of any frame, then exactly the later ones, whether somebody watches meanwhile or not', async () => {
    const user = await gateway.newUser();
    const watching = await open(user);
    await watching.frame(1);
    await story(user);
    await watching.frame(6);
    const ids = watching.frames.map(({ id }) => id);
    for (const watched of [true, false]) {
      if (!watched) watching.hangUp();
      for (const [index, id] of ids.entries()) {
        const feed = await open(user, id);
        await eventually(() => feed.frames.length >= ids.length - 1 - index);
        expect(feed.frames.map((frame) => frame.id)).toEqual(ids.slice(index + 1));
        expect(feed.text).not.toContain('reset');
        feed.hangUp();
      }
    }
  });

  it('given one that hangs up after every frame while things happen, then each transition once', async () => {
    const user = await gateway.newUser();
    const first = await open(user);
    const seen = [(await first.frame(1)).id];
    first.hangUp();
    const words: string[] = [];
    const telling = story(user);
    while (words.length < STORY.length) {
      const feed = await open(user, seen.at(-1));
      const { id } = await feed.frame(1);
      seen.push(id);
      words.push(wordsOf(feed)[0] ?? '');
      feed.hangUp();
      await feed.ended;
    }
    await telling;
    expect(words).toEqual(STORY);
  });

  it.each(['', 'nonsense', '99-1', 'another shard', 'beyond the head'])(
    'given an id that cannot be resumed from (%s), then a snapshot',
    async (what) => {
      const user = await gateway.newUser();
      await story(user);
      const shard = shardOf(user.tenantId);
      const ids: Record<string, string> = {
        'another shard': `${(shard + 1) % 16}-1`,
        'beyond the head': `${shard}-999999999`,
      };
      const feed = await open(user, ids[what] ?? what);
      expect((await feed.frame(1)).body).toMatchObject({ reset: true, status: 'complete' });
      feed.hangUp();
    },
  );

  it('given more than it could be told, then a snapshot', async () => {
    const user = await gateway.newUser();
    await user.seller.claims(Array.from({ length: 1100 }, () => ({})));
    const far = await open(user, idAt(user, 0));
    expect((await far.frame(1)).body).toMatchObject({ reset: true });
    far.hangUp();
  });
});
