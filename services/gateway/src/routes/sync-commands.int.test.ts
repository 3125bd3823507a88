import { reservations } from '@recoup/contracts';
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
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      syncId: expect.stringMatching(/^sync_/),
      status: 'in_progress',
      message: 'Sync started successfully',
    },
  });
  return String(body['syncId']);
}

const activeSync = (user: User): Promise<string | null> =>
  gateway.store.reservationOwner(user.tenantId, reservations.activeSync(user.tenantId));

describe('starting a sync', () => {
  it('given no connection, then 400 amazon_not_connected and nothing in the log', async () => {
    const user = await gateway.newUser();
    const { status, body } = await user.post('/api/sync/start');
    expect({ status, body }).toMatchObject({
      status: 400,
      body: {
        code: 'amazon_not_connected',
        error: 'Amazon account not connected. Please connect your Amazon account first.',
      },
    });
    expect(await activeSync(user)).toBeNull();
  });

  it('given a consent that was lost, then 400 amazon_reauthorization_required', async () => {
    const user = await gateway.connectedUser();
    await user.seller.loseConsent();
    const { status, body } = await user.post('/api/sync/start');
    expect({ status, code: body['code'] }).toEqual({
      status: 400,
      code: 'amazon_reauthorization_required',
    });
  });

  it.each(['/api/sync/start', '/api/v1/integrations/sync/start'])(
    'given a connected seller, then POST %s starts one, which is readable at once',
    async (path) => {
      const user = await gateway.connectedUser();
      const { body } = await user.post(path);
      const syncId = String(body['syncId']);
      const events = await user.seller.events(syncId);
      expect(events.map(({ type, actor }) => [type, actor])).toEqual([
        ['sync.requested', `user:${user.tenantId}`],
      ]);
      const read = await user.get(`/api/sync/status/${syncId}`);
      expect(read.body).toMatchObject({ syncId, status: 'in_progress', progress: 0 });
      const overview = await user.get('/api/sync/status');
      expect(overview.body).toMatchObject({ hasActiveSync: true, activeSync: { syncId } });
    },
  );

  it('given twenty starts at once, then one wins and nineteen name it', async () => {
    const user = await gateway.connectedUser();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => user.post('/api/sync/start')),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    const existingSyncId = won[0]!.body['syncId'];
    for (const { status, body } of answers.filter((answer) => answer !== won[0])) {
      expect({ status, ...body }).toMatchObject({
        status: 400,
        code: 'sync_in_progress',
        existingSyncId,
        error: `Sync already in progress (${String(existingSyncId)}). Please wait for it to complete or cancel it first.`,
      });
    }
    const { body } = await user.get('/api/sync/history');
    expect(body).toMatchObject({ total: 1, syncs: [{ syncId: existingSyncId }] });
    const { body: told } = await user.get('/api/sync/activity');
    const activities = told['activities'] as { type: string }[];
    expect(activities.filter(({ type }) => type === 'sync_started')).toHaveLength(1);
  });

  it('given the sync that connecting began and twenty starts, then exactly one adopts it', async () => {
    const user = await gateway.connectedUser();
    const connected = await user.seller.request('connected');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => user.post('/api/sync/start')),
    );
    const ids = answers.map(({ status, body }) => [
      status,
      status === 200 ? body['syncId'] : body['existingSyncId'],
    ]);
    expect(ids.filter(([status]) => status === 200)).toEqual([[200, connected]]);
    expect(ids.filter(([status]) => status === 400)).toHaveLength(19);
    expect(new Set(ids.map(([, id]) => id))).toEqual(new Set([connected]));
    const events = await user.seller.events(connected);
    expect(events.map(({ type }) => type)).toEqual(['sync.requested', 'sync.adopted']);
  });

  it('given a sync that the schedule began, then a start does not adopt it', async () => {
    const user = await gateway.connectedUser();
    const existingSyncId = await user.seller.request('scheduled');
    const { status, body } = await user.post('/api/sync/start');
    expect({ status, body }).toMatchObject({ status: 400, body: { existingSyncId } });
  });

  it('given that the sync has ended, then the next one starts', async () => {
    const user = await gateway.connectedUser();
    const first = await started(user);
    await user.seller.complete(first);
    expect(await started(user)).not.toBe(first);
  });
});

describe('cancelling a sync', () => {
  it.each([
    ['POST', '/api/sync/cancel/'],
    ['DELETE', '/api/v1/integrations/sync/cancel/'],
  ])(
    'given a running one, then %s %s… ends it at once and frees the seller',
    async (method, path) => {
      const user = await gateway.connectedUser();
      const syncId = await started(user);
      await user.seller.progress(syncId, 1000);
      const { status, body } = await user.ask(`${path}${syncId}`, { method });
      expect({ status, body }).toEqual({
        status: 200,
        body: { ok: true, message: 'Sync cancelled successfully' },
      });
      const read = await user.get(`/api/sync/status/${syncId}`);
      expect(read.body).toMatchObject({ status: 'cancelled', progress: 40 });
      expect(read.body['completedAt']).toEqual(expect.any(String));
      expect((await user.get('/api/sync/status')).body).toMatchObject({
        hasActiveSync: false,
        lastSync: { syncId, status: 'cancelled' },
      });
      expect(await activeSync(user)).toBeNull();
      expect(await started(user)).not.toBe(syncId);
    },
  );

  it('given one that was cancelled or has completed, then 400', async () => {
    const user = await gateway.connectedUser();
    const cancelled = await started(user);
    await user.post(`/api/sync/cancel/${cancelled}`);
    const again = await user.post(`/api/sync/cancel/${cancelled}`);
    expect(again).toMatchObject({
      status: 400,
      body: { code: 'already_ended', error: 'Sync is already cancelled' },
    });
    const completed = await started(user);
    await user.seller.complete(completed);
    const late = await user.post(`/api/sync/cancel/${completed}`);
    expect(late).toMatchObject({ status: 400, body: { error: 'Sync is already complete' } });
  });

  it('given twenty cancels at once, then each hears that it is over, and the log has one sync.cancelled', async () => {
    const user = await gateway.connectedUser();
    const syncId = await started(user);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => user.post(`/api/sync/cancel/${syncId}`)),
    );
    const outcomes = answers.map(({ status, body }) => (status === 200 ? 'ok' : body['code']));
    expect(outcomes).toContain('ok');
    expect(outcomes.filter((word) => word !== 'ok' && word !== 'already_ended')).toEqual([]);
    const types = (await user.seller.events(syncId)).map(({ type }) => type);
    expect(types).toEqual(['sync.requested', 'sync.cancelled']);
  });

  it('given another seller’s sync, then 404 as for one that never was, and it runs on', async () => {
    const [user, other] = await Promise.all([gateway.connectedUser(), gateway.connectedUser()]);
    const theirs = await started(other);
    const ids = [theirs, 'sync_none', 'a%00b', 'x'.repeat(5000)];
    const answers = await Promise.all(ids.map((id) => user.post(`/api/sync/cancel/${id}`)));
    const bodies = answers.map(({ status, body: { requestId: _, ...body } }) => ({ status, body }));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toEqual({
      status: 404,
      body: { error: 'Not found', message: 'Not found', code: 'not_found' },
    });
    expect((await other.get(`/api/sync/status/${theirs}`)).body['status']).toBe('in_progress');
  });
});

describe('read models that lag behind', () => {
  it('given a projector that is held up, then a started sync is found, and a cancelled one reads as cancelled', async () => {
    const user = await gateway.connectedUser();
    const first = await started(user); // every checkpoint of the shard is there from here on
    await user.seller.complete(first);
    await whileHeldUp(gateway, async () => {
      const syncId = await started(user);
      const status = async (): Promise<unknown> =>
        (await user.get(`/api/sync/status/${syncId}`)).body['status'];
      expect(await status()).toBe('in_progress');
      expect((await user.post(`/api/sync/cancel/${syncId}`)).status).toBe(200);
      expect(await status()).toBe('cancelled');
    });
  });
});
