import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Client } from '../testing/client.js';
import { connectionData } from '../testing/event-data.js';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { standInForIngestion, type IngestionStandIn } from '../testing/ingestion-stand-in.js';

const REFRESH_TOKEN = 'Atzr|a-refresh-token-that-nobody-may-see';

let gateway: GatewayUnderTest;
let ingestion: IngestionStandIn;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
  ingestion = standInForIngestion(gateway);
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(() => ingestion.reset());

const busOf = ({ body }: Answer): unknown => (body['services'] as Record<string, unknown>)['bus'];

describe('connecting with a refresh token', () => {
  const connect = (client: Client, change: object = {}): Promise<Answer> =>
    client.post('/api/v1/integrations/amazon/connect', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        sellingPartnerId: 'A3MAPLETRAIL02',
        refreshToken: REFRESH_TOKEN,
        ...change,
      }),
    });

  it('given one that Amazon takes, then the connection is readable at once', async () => {
    const user = await gateway.newUser();
    const { status, body } = await connect(user, { marketplaceIds: ['ATVPDKIKX0DER'] });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        connected: true,
        sellingPartnerId: 'A3MAPLETRAIL02',
        marketplaces: connectionData.marketplaces,
      },
    });
    expect(ingestion.requests).toEqual([
      {
        tenantId: user.tenantId,
        sellingPartnerId: 'A3MAPLETRAIL02',
        region: 'na',
        marketplaceIds: ['ATVPDKIKX0DER'],
        credential: { kind: 'refresh_token', refreshToken: REFRESH_TOKEN },
      },
    ]);
    expect((await user.get('/api/v1/integrations/status')).body['amazon_connected']).toBe(true);
    await user.seller.loseConsent();
    const { body: later } = await user.get('/api/auth/me');
    expect(later).toMatchObject({ user: { amazon_seller_id: 'A3MAPLETRAIL02' } });
  });

  it.each([
    ['amazon_refused', 400],
    ['seller_already_connected', 409],
    ['already_connected', 409],
    ['amazon_unavailable', 502],
  ] as const)('given the refusal %s, then %i with its words', async (code, expected) => {
    ingestion.answer = async () => ({ outcome: 'refused', code, message: 'Amazon said no.' });
    const { status, body } = await connect(await gateway.newUser());
    expect(status).toBe(expected);
    expect(body).toMatchObject({ code, error: 'Amazon said no.', message: 'Amazon said no.' });
  });

  it('given no answer from ingestion, then 503, and the token is in no log and no answer', async () => {
    ingestion.answer = () => Promise.reject(new Error(REFRESH_TOKEN));
    await gateway.nats.kill();
    try {
      // Noticed by the client a moment later.
      await eventually(
        async () => busOf(await gateway.stranger().get('/api/services/status')) === 'down',
      );
      const { status, text, body } = await connect(await gateway.newUser());
      expect({ status, code: body['code'] }).toEqual({
        status: 503,
        code: 'temporarily_unavailable',
      });
      expect(text).not.toContain(REFRESH_TOKEN);
    } finally {
      await gateway.nats.restart();
    }
    expect(gateway.logged()).not.toContain(REFRESH_TOKEN);
  });
});
