import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe('a seller who never synced', () => {
  it('then every list is empty and every figure a number', async () => {
    const user = await gateway.newUser();
    expect((await user.get('/api/recoveries')).text).toBe('[]');
    expect((await user.get('/api/sync/history')).body).toEqual({ syncs: [], total: 0 });
    expect((await user.get('/api/sync/activity')).body).toEqual({ activities: [] });
    expect((await user.get('/api/sync/status')).body).toEqual({
      hasActiveSync: false,
      lastSync: null,
      nextScheduledSync: null,
    });
    expect((await user.get('/api/v1/integrations/status')).body).toEqual({
      amazon_connected: false,
      docs_connected: false,
      providers: {},
      lastSync: null,
      amazon: null,
    });
    expect((await user.get('/api/v1/integrations/amazon/recoveries')).body).toEqual({
      totalAmount: 0,
      currency: 'USD',
      totals: {},
      claimCount: 0,
      amountUnknownCount: 0,
      message: 'No completed sync yet.',
      needsSync: true,
      syncTriggered: false,
      dataSource: 'sp_api',
    });
    expect((await user.get('/api/metrics/recoveries')).body).toMatchObject({
      totalClaimsFound: 0,
      successRate: 0,
      byTier: { auto: 0, prompt: 0, manual: 0 },
      byType: {},
    });
  });
});

describe('another seller', () => {
  it('given a session of one seller, then nothing of another is in any list or under any address', async () => {
    const [owner, other] = await Promise.all([gateway.newUser(), gateway.newUser()]);
    await owner.seller.connect();
    const syncId = await owner.seller.request();
    await owner.seller.complete(syncId);
    const [claimId] = await owner.seller.claims([{}]);
    await eventually(async () => (await owner.get('/api/recoveries')).text.includes(claimId!));
    const paths = [
      '/api/recoveries',
      '/api/sync/history',
      '/api/sync/activity',
      '/api/sync/status',
      '/api/v1/integrations/status',
      '/api/v1/integrations/amazon/recoveries',
      '/api/metrics/recoveries',
      '/api/auth/me',
    ];
    for (const path of paths) {
      const { status, text } = await other.get(path);
      expect(status).toBe(200);
      for (const secret of [syncId, claimId!, owner.tenantId, 'A3MAPLETRAIL02', 'BOTTLE-750']) {
        expect(text).not.toContain(secret);
      }
    }
    const answers = await Promise.all(
      [
        `/api/sync/status/${syncId}`,
        '/api/sync/status/sync_none',
        `/api/sync/status?syncId=${syncId}`,
        `/api/sync/status?id=${syncId}`,
        '/api/sync/status?id=a%00b',
        `/api/sync/status/${'x'.repeat(5000)}`,
        `/api/sse/sync-progress/${syncId}`,
        '/api/sse/sync-progress/sync_none',
      ].map((path) => other.get(path)),
    );
    for (const { status, body } of answers) {
      expect({ status, body: { ...body, requestId: '' } }).toEqual({
        status: 404,
        body: { error: 'Not found', message: 'Not found', code: 'not_found', requestId: '' },
      });
    }
  });
});
