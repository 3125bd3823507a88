import { reservations } from '@recoup/contracts';
import { advanceSync, fromCommand, isRejection, syncState } from '@recoup/domain';
import { eventually } from '@recoup/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';

const PATH = '/api/v1/integrations/amazon/sync';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** Plans the running sync as ingestion does: done so many seconds after its beginning. */
async function planRunning({ tenantId }: User, seconds: number): Promise<void> {
  const { store } = gateway;
  const owner = await eventually(() =>
    store.reservationOwner(tenantId, reservations.activeSync(tenantId)),
  );
  const state = syncState(await store.readStream(tenantId, owner))!;
  const done = new Date(Date.parse(state.startedAt) + seconds * 1000);
  const decision = advanceSync(tenantId, state, {
    type: 'sync.planned',
    data: {
      syncId: state.syncId,
      from: '2025-11-20',
      to: '2026-11-20',
      resources: {},
      estimatedCompletion: done.toISOString(),
    },
    once: [],
    cause: fromCommand('service:ingestion', new Date()),
  });
  if (isRejection(decision)) throw new Error(decision.message);
  expect((await store.append(decision)).ok).toBe(true);
}

describe('POST /api/v1/integrations/amazon/sync', () => {
  it('given a plan that follows the start, then the answer says how long it will take', async () => {
    const user = await gateway.connectedUser();
    const [{ status, body }] = await Promise.all([user.post(PATH), planRunning(user, 30)]);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        success: true,
        syncId: expect.stringMatching(/^sync_/),
        message: 'Sync started successfully',
        status: 'in_progress',
        estimatedDuration: '30-60 seconds',
      },
    });
    expect((await user.get(`/api/sync/status/${String(body['syncId'])}`)).status).toBe(200);
  });

  it('given no plan within two seconds, and no sync before, then it is being computed', async () => {
    const user = await gateway.connectedUser();
    const { status, body } = await user.post(PATH);
    expect({ status, duration: body['estimatedDuration'] }).toEqual({
      status: 200,
      duration: 'being computed',
    });
  });

  it('given no plan, and a sync that has completed, then what that one took', async () => {
    const user = await gateway.connectedUser();
    await user.seller.complete(await user.seller.request('scheduled'));
    await eventually(async () => (await user.get('/api/sync/history')).body['total'] === 1);
    const { body } = await user.post(PATH);
    expect(body['estimatedDuration']).toBe('less than 10 seconds');
  });

  it('given the sync that connecting began, then it is joined, with the forecast that it has', async () => {
    const user = await gateway.connectedUser();
    const connected = await user.seller.request('connected');
    await planRunning(user, 3600);
    const { status, body } = await user.post(PATH);
    expect({ status, body }).toMatchObject({ status: 200, body: { syncId: connected } });
    expect(body['estimatedDuration']).toBe('1-2 hours');
  });

  it('given no connection, then 400 with the machine’s word', async () => {
    const user = await gateway.newUser();
    const { status, body } = await user.post(PATH);
    expect({ status, body }).toEqual({
      status: 400,
      body: {
        success: false,
        error: 'amazon_not_connected',
        message: 'Amazon account not connected. Please connect your Amazon account first.',
        code: 'amazon_not_connected',
        requestId: expect.any(String),
      },
    });
  });

  it('given a consent that was lost, then 400 with the machine’s word', async () => {
    const user = await gateway.connectedUser();
    await user.seller.loseConsent();
    const { status, body } = await user.post(PATH);
    const error = 'amazon_reauthorization_required';
    expect({ status, body }).toMatchObject({ status: 400, body: { success: false, error } });
  });

  it('given a running sync, then 409 with its id', async () => {
    const user = await gateway.connectedUser();
    const existingSyncId = await user.seller.request('scheduled');
    const { status, body } = await user.post(PATH);
    expect({ status, body }).toEqual({
      status: 409,
      body: {
        success: false,
        error: 'sync_in_progress',
        message: `Sync already in progress (${existingSyncId}). Please wait for it to complete or cancel it first.`,
        existingSyncId,
        code: 'sync_in_progress',
        requestId: expect.any(String),
      },
    });
  });

  it('given twenty of both starts at once, then one wins and the others name it', async () => {
    const user = await gateway.connectedUser();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => user.post(n % 2 ? PATH : '/api/sync/start')),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    const statuses = answers.map(({ status }, n) =>
      status === 200 ? 'won' : `${n % 2}:${status}`,
    );
    expect(new Set(statuses)).toEqual(new Set(['won', '0:400', '1:409']));
    for (const { body } of answers.filter((answer) => answer !== won[0])) {
      expect(body['existingSyncId']).toBe(won[0]!.body['syncId']);
    }
  });

  it.each([
    {
      what: 'no session',
      status: 401,
      error: 'unauthenticated',
      headers: { cookie: 'session_token=none' },
    },
    {
      what: 'another site',
      status: 403,
      error: 'cross_site',
      headers: { origin: 'https://elsewhere.example' },
    },
    {
      what: 'no JSON',
      status: 400,
      error: 'invalid_json',
      headers: { 'content-type': 'application/json' },
      body: '{"a":',
    },
    {
      what: 'a bad key',
      status: 400,
      error: 'invalid_request',
      headers: { 'idempotency-key': '' },
    },
  ])('given $what, then $status and the word $error', async ({ status, error, ...init }) => {
    const user = await gateway.newUser();
    const answer = await user.post(PATH, init);
    expect({ status: answer.status, body: answer.body }).toEqual({
      status,
      body: {
        success: false,
        error,
        message: expect.stringMatching(/^[A-Z].*\.$/),
        code: error,
        requestId: expect.any(String),
      },
    });
  });
});

describe('too many starts', () => {
  it('given more than the user may ask, then 429 with the machine’s word', async () => {
    const limited = await openGatewayUnderTest({ RATE_LIMIT_USER: '1' });
    try {
      const user = await limited.newUser();
      expect((await user.post(PATH)).status).toBe(400);
      const { status, body } = await user.post(PATH);
      const error = 'rate_limited';
      expect({ status, body }).toMatchObject({ status: 429, body: { success: false, error } });
    } finally {
      await limited[Symbol.asyncDispose]();
    }
  });
});

describe('a log that takes no appends', () => {
  it('given both starts, then each has the 500 of its route, and nothing of the inside', async () => {
    const user = await gateway.connectedUser();
    const admin = new Client({ connectionString: gateway.database.adminUrl });
    await admin.connect();
    try {
      await admin.query('revoke execute on function log.append from recoup_follow');
      const { status, body } = await user.post(PATH);
      expect({ status, body }).toEqual({
        status: 500,
        body: {
          success: false,
          error: 'internal_server_error',
          message: 'Failed to start sync. Please try again later.',
          code: 'internal_server_error',
          requestId: expect.any(String),
        },
      });
      const other = await user.post('/api/sync/start');
      expect(other).toMatchObject({ status: 500, body: { code: 'internal_error' } });
      expect(other.text).not.toMatch(/append|permission/);
    } finally {
      await admin.query('grant execute on function log.append to recoup_follow');
      await admin.end();
    }
  });
});
