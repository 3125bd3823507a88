import { streams } from '@recoup/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import type { Answer } from '../testing/client.js';

const SELLER = 'A3MAPLETRAIL02';

let gateway: GatewayUnderTest;
let user: User;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(async () => {
  user = await gateway.newUser();
});

const disconnect = (query = 'provider=amazon', by: User = user): Promise<Answer> =>
  by.post(`/api/v1/integrations/disconnect?${query}`);

/** What the log holds of the disconnections of a user. */
async function ends(by: User = user): Promise<unknown[]> {
  const events = await gateway.store.readStream(by.tenantId, streams.connection(by.tenantId));
  return events.filter(({ type }) => type === 'sync.amazon_disconnected').map(({ data }) => data);
}

const ok = { status: 200, body: { ok: true } };

describe('disconnecting Amazon', () => {
  it('given a connection, then it has ended at once, and no sync can start', async () => {
    await user.seller.connect();
    expect(await disconnect()).toMatchObject(ok);
    expect((await user.get('/api/v1/integrations/status')).body).toMatchObject({
      amazon_connected: false,
      amazon: { sellingPartnerId: SELLER, state: 'disconnected' },
    });
    expect((await user.get('/api/auth/me')).body).toMatchObject({
      user: { amazon_seller_id: null, created_at: null },
    });
    expect((await user.post('/api/sync/start')).body['code']).toBe('amazon_not_connected');
    expect(await ends()).toEqual([{ sellingPartnerId: SELLER, purge: false }]);
    const { activities } = (await user.get('/api/sync/activity')).body as {
      activities: { type: string }[];
    };
    expect(activities[0]).toMatchObject({
      type: 'amazon_disconnected',
      sellingPartnerId: SELLER,
    });
  });

  it('given a running sync, then it is cancelled, and a new connection may start another', async () => {
    await user.seller.connect();
    const { syncId } = (await user.post('/api/sync/start')).body;
    expect(await disconnect()).toMatchObject(ok);
    expect((await user.get(`/api/sync/status/${String(syncId)}`)).body).toMatchObject({
      status: 'cancelled',
    });
    await user.seller.connect();
    expect((await user.post('/api/sync/start')).status).toBe(200);
  });

  it('given no body with a JSON type, an empty one or an object, then it is the same', async () => {
    for (const body of [null, '', '{}', '{"sellingPartnerId":"SOMEBODY"}']) {
      await user.seller.connect();
      const headers = { 'content-type': 'application/json' };
      const path = '/api/v1/integrations/disconnect?provider=amazon&purge=0';
      expect(await user.post(path, { headers, body })).toMatchObject(ok);
    }
    expect(await ends()).toHaveLength(4);
  });

  it('given a repeat, ten at once, or nothing ever connected, then 200, and it is in the log once', async () => {
    expect(await disconnect()).toMatchObject(ok);
    expect(await disconnect('provider=amazon&purge=1')).toMatchObject(ok);
    expect(await ends()).toEqual([]);
    await user.seller.connect();
    await Promise.all(Array.from({ length: 10 }, () => disconnect()));
    expect(await disconnect()).toMatchObject(ok);
    expect(await ends()).toHaveLength(1);
  });

  it('given a lost consent, then it is disconnected as well', async () => {
    await user.seller.connect();
    await user.seller.loseConsent();
    expect(await disconnect()).toMatchObject(ok);
    expect(await ends()).toHaveLength(1);
  });

  it.each(['', 'provider=', 'provider=gmail', 'provider=Amazon', 'provider=amazon&purge=yes'])(
    'given "%s", then 400, and the connection stays',
    async (query) => {
      await user.seller.connect();
      const { status, body } = await disconnect(query);
      expect({ status, body }).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      expect(await ends()).toEqual([]);
    },
  );

  it('given another site, then it is refused', async () => {
    await user.seller.connect();
    const init = { headers: { origin: 'https://evil.example' } };
    const path = '/api/v1/integrations/disconnect?provider=amazon&purge=1';
    expect((await user.post(path, init)).status).toBe(403);
    expect(await ends()).toEqual([]);
  });
});

describe('disconnecting with purge', () => {
  /** A seller with a sync, a claim, and a history of both. */
  async function established(): Promise<User> {
    const one = await gateway.connectedUser();
    const syncId = await one.seller.request();
    await one.seller.complete(syncId);
    await one.seller.detected(syncId, 1);
    await one.seller.claims([{}]);
    return one;
  }
  const shown = async (by: User): Promise<Record<string, unknown>> => ({
    claims: JSON.parse((await by.get('/api/recoveries')).text),
    history: (await by.get('/api/sync/history')).body['total'],
    activities: ((await by.get('/api/sync/activity')).body['activities'] as { type: string }[]).map(
      ({ type }) => type,
    ),
    status: (await by.get('/api/v1/integrations/status')).body,
  });

  it('given claims and syncs, then nothing shows them any more, and another user keeps theirs', async () => {
    const [leaving, staying] = [await established(), await established()];
    expect(await disconnect('provider=amazon&purge=1', leaving)).toMatchObject(ok);
    expect(await shown(leaving)).toEqual({
      claims: [],
      history: 0,
      activities: ['amazon_disconnected'],
      status: {
        amazon_connected: false,
        docs_connected: false,
        providers: {},
        lastSync: null,
        amazon: null,
      },
    });
    expect((await leaving.get('/api/metrics/recoveries')).body).toMatchObject({
      totalClaimsFound: 0,
    });
    await disconnect('provider=amazon', staying); // reads show what came before it
    expect(await shown(staying)).toMatchObject({ claims: [{}], history: 1 });
  });

  it('given the ids from before, then they are as unknown as any, to reads and to commands', async () => {
    const leaving = await established();
    const { syncs } = (await leaving.get('/api/sync/history')).body as {
      syncs: { syncId: string }[];
    };
    const syncId = syncs[0]?.syncId ?? '';
    const [claim] = JSON.parse((await leaving.get('/api/recoveries')).text) as { id: string }[];
    const claimId = claim?.id ?? '';
    const asked = async (): Promise<number[]> => {
      const answers = [
        await leaving.get(`/api/sync/status/${syncId}`),
        await leaving.get(`/api/recoveries/${claimId}`),
        await leaving.post(`/api/recoveries/${claimId}/dismiss`, {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ reason: 'a test' }),
        }),
        await leaving.post(`/api/recoveries/${claimId}/resubmit`),
        await leaving.post(`/api/sync/cancel/${syncId}`),
        await leaving.get(`/api/sse/sync-progress/${syncId}`),
      ];
      return answers.map(({ status }) => status);
    };
    await disconnect('provider=amazon&purge=1', leaving);
    expect(await asked()).toEqual([404, 404, 404, 404, 404, 404]);
  });

  it('given a connection that had ended, then the data can still be erased, once', async () => {
    const leaving = await established();
    await disconnect('provider=amazon&purge=0', leaving);
    await disconnect('provider=amazon&purge=1', leaving);
    await disconnect('provider=amazon&purge=1', leaving);
    expect(await ends(leaving)).toEqual([
      { sellingPartnerId: SELLER, purge: false },
      { sellingPartnerId: SELLER, purge: true },
    ]);
    expect(await shown(leaving)).toMatchObject({ claims: [], history: 0 });
  });

  it('given a new connection, of another seller even, then it begins with nothing', async () => {
    const back = await established();
    await disconnect('provider=amazon&purge=1', back);
    await back.seller.connect({ sellingPartnerId: 'A9OTHER' });
    await back.post('/api/sync/start');
    expect(await shown(back)).toMatchObject({
      claims: [],
      history: 1,
      activities: ['sync_started', 'amazon_connected', 'amazon_disconnected'],
      status: { amazon_connected: true, amazon: { sellingPartnerId: 'A9OTHER' } },
    });
  });
});
