import { afterAll, beforeAll, expect, it } from 'vitest';
import { Client } from '../testing/client.js';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { sessionToken } from '../testing/session-token.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

it('given who never connected, then the session says who it is and nothing of a seller', async () => {
  const session_token = await sessionToken({ sub: 'anna', email: 'anna@example.com' });
  const { body } = await new Client(gateway.origin, { session_token }).get('/api/auth/me');
  const user = { id: 'anna', email: 'anna@example.com', amazon_seller_id: null, created_at: null };
  expect(body).toEqual({ success: true, user });
});

it('given a connection, then its seller and its time are with the user', async () => {
  const user = await gateway.newUser();
  await user.seller.connect({ sellingPartnerId: 'A3MAPLETRAIL02' });
  await user.post('/api/sync/start'); // reads show what came before it
  expect((await user.get('/api/auth/me')).body).toEqual({
    success: true,
    user: {
      id: user.tenantId,
      email: null,
      amazon_seller_id: 'A3MAPLETRAIL02',
      created_at: expect.stringMatching(/Z$/),
    },
  });
});

it('given what the dashboard calls on every load, then there is an answer, and nothing in it', async () => {
  const { status, body } = await (await gateway.newUser()).get('/api/auth/post-login/stripe');
  expect({ status, body }).toEqual({ status: 200, body: {} });
});

it('given a frontend, then the link of a local start leads there, and not to a page that is not served', async () => {
  const link = { LOCAL_SIGN_IN_TOKEN: 'a link of this test only', LOCAL_USER_ID: 'local-1' };
  const settings = { ...link, FRONTEND_URL: 'http://localhost:5173/app' };
  await using local = await openGatewayUnderTest(settings, gateway);
  const { status, headers } = await local
    .stranger()
    .get(`/auth/local?token=${encodeURIComponent(link.LOCAL_SIGN_IN_TOKEN)}`);
  expect({ status, location: headers.get('location') }).toEqual({
    status: 302,
    location: settings.FRONTEND_URL,
  });
});

it('given a wish to connect a mailbox, then it is told what is offered instead', async () => {
  const user = await gateway.newUser();
  const { status, body } = await user.get('/api/v1/integrations/connect-docs');
  const sentence = expect.stringContaining('upload documents');
  expect({ status, body }).toMatchObject({
    status: 501,
    body: { code: 'not_offered', error: sentence, message: sentence },
  });
});
