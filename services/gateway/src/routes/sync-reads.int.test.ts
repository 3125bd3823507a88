import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe('the status of a sync', () => {
  it('given a sync, then path, alias, ?syncId= and ?id= answer the same', async () => {
    const user = await gateway.connectedUser();
    const syncId = await user.seller.request();
    await user.seller.progress(syncId, 1247);
    const answers = await Promise.all(
      [
        `/api/sync/status/${syncId}`,
        `/api/v1/integrations/sync/status/${syncId}`,
        `/api/sync/status?syncId=${syncId}`,
        `/api/sync/status?id=${syncId}`,
      ].map((path) => user.get(path)),
    );
    const [first] = answers;
    expect(first?.body).toMatchObject({
      syncId,
      status: 'in_progress',
      progress: 49,
      message: 'Processing orders... 1,247 of 2,500 orders processed',
      ordersProcessed: 1247,
      totalOrders: 2500,
      claimsDetected: null,
      resources: { orders: { processed: 1247, total: 2500 } },
    });
    expect(first?.body).not.toHaveProperty('completedAt');
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('given a sync that failed, then its last progress, its reason and its end', async () => {
    const user = await gateway.newUser();
    const syncId = await user.seller.request();
    await user.seller.progress(syncId, 500);
    await user.seller.fail(syncId, 'Failed to fetch orders: API rate limit exceeded');
    expect((await user.get(`/api/sync/status/${syncId}`)).body).toMatchObject({
      status: 'failed',
      progress: 20,
      error: 'Failed to fetch orders: API rate limit exceeded',
      completedAt: expect.any(String),
    });
  });

  it('given that detection has ended, then the number of its claims, in status, history and activity', async () => {
    const user = await gateway.newUser();
    const syncId = await user.seller.request();
    await user.seller.complete(syncId);
    const status = `/api/sync/status/${syncId}`;
    expect((await user.get(status)).body).toMatchObject({
      status: 'complete',
      claimsDetected: null,
    });
    await user.seller.detected(syncId, 58);
    await eventually(async () => (await user.get(status)).body['claimsDetected'] === 58);
    expect((await user.get('/api/sync/history')).body).toMatchObject({
      total: 1,
      syncs: [
        { syncId, status: 'complete', ordersProcessed: 2500, claimsDetected: 58, duration: 0 },
      ],
    });
    const { body } = await user.get('/api/sync/activity');
    const activities = body['activities'] as { message: string }[];
    expect(activities[0]?.message).toBe(
      'Sync completed: 2,500 orders processed, 58 claims detected',
    );
  });

  it('given pages and a filter of the history, then each sync once, newest first', async () => {
    const user = await gateway.newUser();
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const syncId = await user.seller.request('scheduled');
      await (n % 2 ? user.seller.fail(syncId, 'no') : user.seller.complete(syncId));
      ids.unshift(syncId);
    }
    await eventually(async () => (await user.get('/api/sync/history')).body['total'] === 5);
    const seen: unknown[] = [];
    for (const offset of [0, 2, 4]) {
      const { body } = await user.get(`/api/v1/integrations/sync/history?limit=2&offset=${offset}`);
      seen.push(...(body['syncs'] as { syncId: string }[]).map(({ syncId }) => syncId));
    }
    expect(seen).toEqual(ids);
    const { body } = await user.get('/api/sync/history?status=failed');
    expect(body).toMatchObject({ total: 2, syncs: [{ error: 'no' }, { error: 'no' }] });
    const none = await user.get('/api/sync/history?status=idle');
    expect(none.body).toEqual({ syncs: [], total: 0 });
  });

  it.each(['status=completed', 'status=', 'limit=0', 'limit=101', 'limit=x', 'offset=-1'])(
    'given ?%s, then 400 that names the member',
    async (query) => {
      const user = await gateway.newUser();
      const { status, body } = await user.get(`/api/sync/history?${query}`);
      expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'invalid_request' });
      expect(body['message']).toMatch(new RegExp(`^${query.split('=')[0]}: `));
    },
  );

  it('given each end of a sync, then its entry says how it ended, when, and after how long', async () => {
    const user = await gateway.newUser();
    const failed = await user.seller.request();
    await user.seller.fail(failed, 'Failed to fetch orders: API rate limit exceeded');
    const cancelled = await user.seller.request();
    expect((await user.post(`/api/sync/cancel/${cancelled}`)).status).toBe(200);
    const running = await user.seller.request();
    await user.seller.progress(running, 1000);
    const entry = { startedAt: expect.any(String), claimsDetected: null };
    const ended = {
      ...entry,
      completedAt: expect.any(String),
      duration: expect.any(Number),
      ordersProcessed: 0,
    };
    const activities = async (query = ''): Promise<{ type: string }[]> =>
      (await user.get(`/api/sync/activity${query}`)).body['activities'] as { type: string }[];
    await eventually(async () => (await activities()).length === 5);
    await eventually(async () =>
      (await user.get('/api/sync/history?status=in_progress')).text.includes('1000'),
    );
    expect((await user.get('/api/sync/history')).body).toEqual({
      total: 3,
      syncs: [
        {
          ...entry,
          syncId: running,
          status: 'in_progress',
          completedAt: null,
          duration: null,
          ordersProcessed: 1000,
        },
        { ...ended, syncId: cancelled, status: 'cancelled' },
        {
          ...ended,
          syncId: failed,
          status: 'failed',
          error: 'Failed to fetch orders: API rate limit exceeded',
        },
      ],
    });
    // Newest first, in pages.
    const types: unknown[] = [];
    for (const offset of [0, 2, 4]) {
      types.push(...(await activities(`?limit=2&offset=${offset}`)).map(({ type }) => type));
    }
    expect(types).toEqual([
      'sync_started',
      'sync_cancelled',
      'sync_started',
      'sync_failed',
      'sync_started',
    ]);
  });
});
