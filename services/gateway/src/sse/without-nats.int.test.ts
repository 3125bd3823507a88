import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { openProgress, type ProgressClient } from '../testing/progress-client.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe('without NATS', () => {
  it('given that nats-server was killed, then streams open, frames come, and syncs start and are cancelled', async () => {
    const user = await gateway.newUser();
    const syncId = await user.seller.request();
    const open = (): Promise<ProgressClient> =>
      openProgress(user, `/api/sse/sync-progress/${syncId}`);
    const before = await open();
    await before.frame(1);
    await gateway.nats.kill();
    try {
      await user.seller.progress(syncId, 1000);
      expect((await before.frame(2)).body).toMatchObject({ progress: 40 });
      const during = await open();
      expect((await during.frame(1)).body).toMatchObject({ progress: 40, reset: true });
      const { body } = await user.get('/api/services/status');
      expect(body).toMatchObject({
        status: 'degraded',
        services: { gateway: 'ok', database: 'ok' },
      });
      expect((await user.post(`/api/sync/cancel/${syncId}`)).status).toBe(200);
      await Promise.all([before.ended, during.ended]);
      await user.seller.connect();
      expect((await user.post('/api/sync/start')).body).toMatchObject({ status: 'in_progress' });
      expect(during.frames.at(-1)?.body).toMatchObject({ status: 'cancelled' });
    } finally {
      await gateway.nats.restart();
    }
  });
});
