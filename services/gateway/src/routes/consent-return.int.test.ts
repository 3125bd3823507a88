import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Client } from '../testing/client.js';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { standInForIngestion, type IngestionStandIn } from '../testing/ingestion-stand-in.js';

const CALLBACK = '/api/v1/integrations/amazon/auth/callback';
const OWN_CALLBACK = `http://localhost:3001${CALLBACK}`;

let gateway: GatewayUnderTest;
let ingestion: IngestionStandIn;

beforeAll(async () => {
  gateway = await openGatewayUnderTest({
    FRONTEND_URL: 'https://app.example/',
    CORS_ORIGINS: 'https://beta.example,http://localhost:5173',
    OAUTH_SUCCESS_PATH: '/auth/done',
  });
  ingestion = standInForIngestion(gateway);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const start = (client: Client, query: Record<string, string>): Promise<Answer> =>
  client.get(`/auth/amazon/start?${new URLSearchParams(query).toString()}`);

/** Where a consent that began with this query ends. */
async function endOf(query: Record<string, string>, back: object = {}): Promise<string> {
  const client = gateway.stranger();
  const { body } = await start(client, query);
  const given = {
    state: String(body['state']),
    spapi_oauth_code: 'c',
    selling_partner_id: 'A1',
    ...back,
  };
  const { headers } = await client.get(`${CALLBACK}?${new URLSearchParams(given).toString()}`);
  return headers.get('location') ?? '';
}

describe('where a consent returns to', () => {
  it.each([
    [{}, 'https://app.example'],
    [{ frontend_url: '' }, 'https://app.example'],
    [{ frontend_url: 'https://app.example' }, 'https://app.example'],
    [{ frontend_url: 'https://beta.example/dashboard?x=1#y' }, 'https://beta.example'],
    [{ frontend_url: 'http://localhost:5173' }, 'http://localhost:5173'],
    [{ redirect_uri: OWN_CALLBACK }, 'https://app.example'],
  ])('given a start with %j, then %s', async (query, origin) => {
    expect(await endOf(query)).toBe(`${origin}/auth/done?status=ok&provider=amazon`);
  });

  it('given a consent that fails, then it returns there all the same', async () => {
    const query = { frontend_url: 'https://beta.example' };
    const refused = 'https://beta.example/auth/done?status=error&error=access_denied';
    expect(await endOf(query, { error: 'access_denied' })).toBe(refused);
    const refusal = { outcome: 'refused', code: 'amazon_refused', message: 'No.' } as const;
    ingestion.answer = () => Promise.resolve(refusal);
    expect(await endOf(query)).toContain(
      'https://beta.example/auth/done?status=error&error=amazon',
    );
    ingestion.reset();
  });

  it.each([
    { frontend_url: 'https://evil.example' },
    { frontend_url: 'https://app.example.evil.example' },
    { frontend_url: 'https://app.example@evil.example' },
    { frontend_url: 'http://app.example' },
    { frontend_url: 'https://app.example:8443' },
    { frontend_url: '//app.example' },
    { frontend_url: 'javascript:alert(1)' },
    { frontend_url: 'null' },
    { frontend_url: '*' },
    { redirect_uri: 'https://evil.example/callback' },
    { redirect_uri: `${OWN_CALLBACK}/../elsewhere` },
    { redirect_uri: `${OWN_CALLBACK}?next=https://evil.example` },
  ])('given %j, then 400, and no consent begins', async (query) => {
    const client = gateway.stranger();
    const { status, body } = await start(client, query);
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { code: 'address_not_allowed', error: expect.stringContaining(Object.keys(query)[0]!) },
    });
    expect(client.cookies.size).toBe(0);
  });

  it('given two of them, then 400', async () => {
    const path =
      '/auth/amazon/start?frontend_url=https://app.example&frontend_url=https://e.example';
    expect((await gateway.stranger().get(path)).status).toBe(400);
  });
});
