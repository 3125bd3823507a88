import type { ConnectReply } from '@recoup/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Client } from '../testing/client.js';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { standInForIngestion, type IngestionStandIn } from '../testing/ingestion-stand-in.js';

const CALLBACK = '/api/v1/integrations/amazon/auth/callback';
const CODE = 'the-code-that-nobody-may-see';

let gateway: GatewayUnderTest;
let ingestion: IngestionStandIn;

beforeAll(async () => {
  gateway = await openGatewayUnderTest({
    AMAZON_CONSENT_URL: 'https://sellercentral.example/apps/authorize/consent',
    SPAPI_APPLICATION_ID: 'amzn1.sp.solution.test',
  });
  ingestion = standInForIngestion(gateway);
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(() => ingestion.reset());

async function begin(client: Client, path = '/auth/amazon/start'): Promise<string> {
  const { status, body } = await client.get(path);
  expect(status).toBe(200);
  return String(body['state']);
}

function comeBack(client: Client, query: Record<string, string>): Promise<Answer> {
  const given = { spapi_oauth_code: CODE, selling_partner_id: 'A3MAPLETRAIL02', ...query };
  return client.get(`${CALLBACK}?${new URLSearchParams(given).toString()}`);
}

/** Where the answer sends the browser: every outcome is told there. */
function outcomeOf({ status, headers }: Answer): Record<string, string> {
  expect(status).toBe(302);
  const target = new URL(headers.get('location') ?? '');
  expect(target.origin + target.pathname).toBe('http://localhost:3001/auth/success');
  return Object.fromEntries(target.searchParams);
}

const failed = (error: string): Record<string, string> => ({ status: 'error', error });

describe('the round trip to the consent page', () => {
  it.each(['/auth/amazon/start', '/api/v1/integrations/amazon/auth/start'])(
    'given %s, then the address of the consent page, and a cookie that scripts cannot read',
    async (path) => {
      const { status, body, headers } = await gateway.stranger().get(path);
      expect(status).toBe(200);
      const url = new URL(String(body['auth_url']));
      expect(body['authUrl']).toBe(body['auth_url']);
      expect(url.origin + url.pathname).toBe(
        'https://sellercentral.example/apps/authorize/consent',
      );
      expect(Object.fromEntries(url.searchParams)).toEqual({
        application_id: 'amzn1.sp.solution.test',
        state: body['state'],
        redirect_uri: `http://localhost:3001${CALLBACK}`,
      });
      expect(headers.getSetCookie()[0]).toMatch(/^oauth_browser=.+; HttpOnly/);
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  it('given nobody signed in, when the seller consents, then a session begins and shows the connection at once', async () => {
    const client = gateway.stranger();
    const answered = await comeBack(client, { state: await begin(client) });
    expect(outcomeOf(answered)).toEqual({ status: 'ok', provider: 'amazon' });
    expect(ingestion.requests).toEqual([
      {
        tenantId: null,
        sellingPartnerId: 'A3MAPLETRAIL02',
        region: 'na',
        marketplaceIds: null,
        credential: {
          kind: 'authorization_code',
          code: CODE,
          redirectUri: `http://localhost:3001${CALLBACK}`,
        },
      },
    ]);
    expect((await client.get('/api/v1/integrations/status')).body).toMatchObject({
      amazon_connected: true,
      amazon: { sellingPartnerId: 'A3MAPLETRAIL02', state: 'connected' },
    });
    const { body } = await client.post('/api/sync/start');
    expect(body).toMatchObject({ status: 'in_progress' });
    expect((await client.get('/api/sync/history')).body).toMatchObject({ total: 1 });
  });

  it('given somebody signed in, then the seller is attached to this tenant', async () => {
    const user = await gateway.newUser();
    await comeBack(user, { state: await begin(user) });
    expect(ingestion.requests[0]?.tenantId).toBe(user.tenantId);
    expect((await user.get('/api/auth/me')).body).toMatchObject({
      user: { id: user.tenantId, amazon_seller_id: 'A3MAPLETRAIL02' },
    });
  });

  it('given a state that was used, then it is worth nothing', async () => {
    const client = gateway.stranger();
    const state = await begin(client);
    const browser = client.cookies.get('oauth_browser')!;
    await comeBack(client, { state });
    client.cookies.set('oauth_browser', browser);
    expect(outcomeOf(await comeBack(client, { state }))).toEqual(failed('invalid_state'));
    expect(ingestion.requests).toHaveLength(1);
  });

  it('given one state and twenty callbacks at once, then one connects', async () => {
    const client = gateway.stranger();
    const state = await begin(client);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async () => outcomeOf(await comeBack(client, { state }))),
    );
    expect(outcomes.filter(({ status }) => status === 'ok')).toHaveLength(1);
    expect(ingestion.requests).toHaveLength(1);
  });

  it('given who signed out on the way, then the consent is worth nothing, and nobody is signed in', async () => {
    const user = await gateway.newUser();
    const state = await begin(user);
    await user.post('/api/auth/logout');
    expect(outcomeOf(await comeBack(user, { state }))).toEqual(failed('invalid_state'));
    expect(ingestion.requests).toEqual([]);
    expect(user.cookies.size).toBe(0);
  });

  it('given the state of another browser, then nothing is connected, and the other one can still go on', async () => {
    const [victim, attacker] = [gateway.stranger(), gateway.stranger()];
    const state = await begin(victim);
    await begin(attacker);
    expect(outcomeOf(await comeBack(attacker, { state }))).toEqual(failed('invalid_state'));
    expect(outcomeOf(await comeBack(gateway.stranger(), { state }))).toEqual(
      failed('invalid_state'),
    );
    expect(ingestion.requests).toEqual([]);
    expect(outcomeOf(await comeBack(victim, { state }))).toMatchObject({ status: 'ok' });
  });

  it.each([
    ['a wrong state', { state: 'wrong' }, 'invalid_state'],
    ['no state', {}, 'invalid_state'],
  ])('given %s, then an error to read', async (_, query, error) => {
    const client = gateway.stranger();
    await begin(client);
    expect(outcomeOf(await comeBack(client, query))).toEqual(failed(error));
  });

  it.each([
    ['that the seller refused', { error: 'access_denied', spapi_oauth_code: '' }, 'access_denied'],
    ['no code', { spapi_oauth_code: '' }, 'consent_incomplete'],
    ['a seller that cannot be one', { selling_partner_id: 'a\0b' }, 'consent_incomplete'],
  ])(
    'given %s, then an error to read, and nothing is asked of ingestion',
    async (_, query, error) => {
      const client = gateway.stranger();
      const state = await begin(client);
      expect(outcomeOf(await comeBack(client, { state, ...query }))).toEqual(failed(error));
      expect(ingestion.requests).toEqual([]);
      expect(client.cookies.has('session_token')).toBe(false);
    },
  );

  it('given parameters that come twice, then an error to read', async () => {
    const client = gateway.stranger();
    const state = await begin(client);
    const answered = await client.get(`${CALLBACK}?state=${state}&state=${state}`);
    expect(outcomeOf(answered)).toEqual(failed('invalid_state'));
  });

  it('given that Amazon refuses the code, then an error to read and no session', async () => {
    ingestion.answer = async () => ({ outcome: 'refused', code: 'amazon_refused', message: 'no' });
    const client = gateway.stranger();
    const answered = await comeBack(client, { state: await begin(client) });
    expect(outcomeOf(answered)).toEqual(failed('amazon_refused'));
    expect(client.cookies.has('session_token')).toBe(false);
  });

  it('given an ingestion that answers nonsense, then an error to read, and the code is in no log', async () => {
    ingestion.answer = async () => ({ outcome: 'perhaps' }) as unknown as ConnectReply;
    const client = gateway.stranger();
    const answered = await comeBack(client, { state: await begin(client) });
    expect(outcomeOf(answered)).toEqual(failed('temporarily_unavailable'));
    expect(gateway.logged()).toContain('connecting failed');
    expect(gateway.logged()).not.toContain(CODE);
  });

  it('given a HEAD of the callback, then the consent is not used up', async () => {
    const client = gateway.stranger();
    const state = await begin(client);
    const query = new URLSearchParams({ state, spapi_oauth_code: CODE }).toString();
    expect((await client.ask(`${CALLBACK}?${query}`, { method: 'HEAD' })).status).toBe(404);
    expect(outcomeOf(await comeBack(client, { state }))).toMatchObject({ status: 'ok' });
  });
});
