import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Client, type Answer } from '../testing/client.js';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { openIdentityProvider, type IdentityProvider } from '../testing/identity-provider.js';
import { standInForIngestion, type IngestionStandIn } from '../testing/ingestion-stand-in.js';
import { SECRET } from '../testing/session-token.js';

const START = '/auth/amazon/start';
const CALLBACK = '/api/v1/integrations/amazon/auth/callback';

let provider: IdentityProvider;
let gateway: GatewayUnderTest;
let ingestion: IngestionStandIn;

async function open(settings: Record<string, string>): Promise<void> {
  provider = await openIdentityProvider();
  gateway = await openGatewayUnderTest({ SESSION_JWKS_URL: provider.url, ...settings });
  ingestion = standInForIngestion(gateway);
}
async function close(): Promise<void> {
  await gateway[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
}
beforeEach(() => ingestion.reset());

const signedIn = async (sub: string): Promise<Client> =>
  new Client(gateway.origin, {
    session_token: await provider.token({ sub, email: 'a@example.com' }),
  });

async function comeBack(client: Client): Promise<Answer> {
  const { body } = await client.get(START);
  const query = {
    state: String(body['state']),
    spapi_oauth_code: 'code',
    selling_partner_id: 'A3MAPLETRAIL02',
  };
  return client.get(`${CALLBACK}?${new URLSearchParams(query).toString()}`);
}

describe('given sessions of an identity provider alone', () => {
  beforeAll(() => open({ SESSION_JWT_SECRET: '' }));
  afterAll(close);

  it('then its users are signed in', async () => {
    const { body } = await (await signedIn('anna')).get('/api/auth/me');
    expect(body).toMatchObject({ user: { id: 'anna', email: 'a@example.com' } });
  });

  it('when one of them consents, then the seller is connected, and the session stays as it is', async () => {
    const client = await signedIn('ben');
    const token = client.cookies.get('session_token');
    const { headers } = await comeBack(client);
    expect(headers.get('location')).toContain('status=ok');
    expect(ingestion.requests[0]?.tenantId).toBe('ben');
    expect(client.cookies.get('session_token')).toBe(token);
  });

  it('when somebody comes back without a session who began with one, then the one counts who began', async () => {
    const client = await signedIn('cleo');
    const { body } = await client.get(START);
    client.cookies.delete('session_token'); // SameSite=Strict, as some providers set it
    const { headers } = await client.get(
      `${CALLBACK}?state=${String(body['state'])}&spapi_oauth_code=c&selling_partner_id=A1`,
    );
    expect(headers.get('location')).toContain('status=ok');
    expect(ingestion.requests[0]?.tenantId).toBe('cleo');
    expect(client.cookies.has('session_token')).toBe(false);
  });

  it('when a stranger consents, then it takes a sign-in first, and nothing is handed on', async () => {
    const { status, headers } = await comeBack(gateway.stranger());
    expect(status).toBe(302);
    expect(headers.get('location')).toContain('status=error&error=sign_in_required');
    expect(ingestion.requests).toEqual([]);
  });
});

describe('given an identity provider that is away', () => {
  beforeAll(async () => {
    await open({ SESSION_JWT_SECRET: SECRET });
    provider.answer = { status: 503, body: '' };
  });
  afterAll(close);

  it('then its users are not signed out: they are asked to come back', async () => {
    const { status, body } = await (await signedIn('anna')).get('/api/auth/me');
    expect({ status, body }).toMatchObject({
      status: 503,
      body: { code: 'temporarily_unavailable', error: expect.stringContaining('sign-in') },
    });
    expect(gateway.logged()).toContain('SESSION_JWKS_URL');
  });

  it('then who has a session of ours is served', async () => {
    expect((await (await gateway.newUser()).get('/api/auth/me')).status).toBe(200);
  });

  it('then public routes are served, and nobody is taken for a stranger where it matters', async () => {
    const client = await signedIn('anna');
    expect((await client.get('/api/services/status')).status).toBe(200);
    expect((await client.get(START)).status).toBe(503);
    const { headers } = await client.get(`${CALLBACK}?state=s&spapi_oauth_code=c`);
    expect(headers.get('location')).toContain('error=temporarily_unavailable');
    expect((await client.post('/api/auth/logout')).status).toBe(200);
    expect(client.cookies.has('session_token')).toBe(false);
  });
});

describe('given both', () => {
  beforeAll(() => open({}));
  afterAll(close);

  it('when a stranger consents, then a session of ours begins', async () => {
    const client = gateway.stranger();
    expect((await comeBack(client)).headers.get('location')).toContain('status=ok');
    expect((await client.get('/api/auth/me')).status).toBe(200);
  });

  it('when a user of the provider signs out, then that token is refused', async () => {
    const client = await signedIn('dora');
    const copy = client.at(gateway.origin);
    await client.post('/api/auth/logout');
    expect((await copy.get('/api/auth/me')).status).toBe(401);
  });
});
