import { DAILY, nextScheduledSync } from '@recoup/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import { whileHeldUp } from '../testing/projector-hold.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function started(user: User): Promise<string> {
  const { status, body } = await user.post('/api/sync/start');
  expect(status).toBe(200);
  return String(body['syncId']);
}

const overview = async (user: User): Promise<Readonly<Record<string, unknown>>> =>
  (await user.get('/api/sync/status')).body;

describe('the overview of syncs', () => {
  it('given a seller who never synced, then nothing runs and there is no last sync', async () => {
    const user = await gateway.newUser();
    expect(await overview(user)).toEqual({
      hasActiveSync: false,
      lastSync: null,
      nextScheduledSync: null,
    });
  });

  it('given a running and a completed sync, then both, the running one as its own status tells it', async () => {
    const user = await gateway.connectedUser();
    const first = await started(user);
    await user.seller.complete(first);
    const second = await started(user);
    await user.seller.progress(second, 1000);
    const { body: status } = await user.get(`/api/sync/status/${second}`);
    expect(await overview(user)).toMatchObject({
      hasActiveSync: true,
      activeSync: status,
      lastSync: { syncId: first, status: 'complete', completedAt: expect.any(String) },
    });
  });

  it('given a projector that is held up, then a start, a cancel and a start are seen at once', async () => {
    const user = await gateway.connectedUser();
    const before = await started(user);
    await user.seller.complete(before);
    await whileHeldUp(gateway, async () => {
      const first = await started(user);
      expect(await overview(user)).toMatchObject({
        hasActiveSync: true,
        activeSync: { syncId: first },
        lastSync: { syncId: before, status: 'complete' },
      });
      expect((await user.post(`/api/sync/cancel/${first}`)).status).toBe(200);
      const cancelled = { syncId: first, status: 'cancelled', completedAt: expect.any(String) };
      expect(await overview(user)).toMatchObject({ hasActiveSync: false, lastSync: cancelled });
      const second = await started(user);
      expect(await overview(user)).toMatchObject({
        activeSync: { syncId: second },
        lastSync: cancelled,
      });
    });
  });

  it('given a sync that read models show as running, then its cancel is seen although they lag behind', async () => {
    const [user, other] = [await gateway.connectedUser(), await gateway.connectedUser()];
    const [syncId, theirs] = [await started(user), await started(other)];
    await whileHeldUp(gateway, async () => {
      await user.post(`/api/sync/cancel/${syncId}`);
      expect(await overview(user)).toMatchObject({
        hasActiveSync: false,
        lastSync: { syncId, status: 'cancelled' },
      });
      expect(await overview(other)).toMatchObject({ activeSync: { syncId: theirs } });
    });
  });
});

describe('the next scheduled sync', () => {
  it('given a connected seller, then when the schedule starts it; given a lost consent, then none', async () => {
    const user = await gateway.connectedUser();
    const due = (): string | undefined =>
      nextScheduledSync(DAILY, user.tenantId, new Date())?.toISOString();
    const before = due();
    const { nextScheduledSync: next } = await overview(user);
    expect([before, due()]).toContain(next); // a tick may pass while it is asked
    await user.seller.loseConsent();
    expect(await overview(user)).toMatchObject({ nextScheduledSync: null });
  });

  it('given a schedule that is off, then none', async () => {
    const off = await openGatewayUnderTest({ SYNC_SCHEDULE: 'off' });
    try {
      const user = await off.connectedUser();
      expect(await overview(user)).toMatchObject({ nextScheduledSync: null });
    } finally {
      await off[Symbol.asyncDispose]();
    }
  });
});
