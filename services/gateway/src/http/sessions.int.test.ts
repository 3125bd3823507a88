import { UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../testing/client.js';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import { sessionToken } from '../testing/session-token.js';

let gateway: GatewayUnderTest;
let user: User;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
  user = await gateway.newUser();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const PRIVATE = [
  ['POST', '/api/sync/start'],
  ['POST', '/api/v1/integrations/sync/start'],
  ['POST', '/api/sync/cancel/sync_1'],
  ['DELETE', '/api/v1/integrations/sync/cancel/sync_1'],
  ['GET', '/api/sync/status'],
  ['GET', '/api/sync/status?syncId=sync_1'],
  ['GET', '/api/sync/status/sync_1'],
  ['GET', '/api/v1/integrations/sync/status/sync_1'],
  ['GET', '/api/sync/history'],
  ['GET', '/api/v1/integrations/sync/history'],
  ['GET', '/api/sync/activity'],
  ['GET', '/api/sse/sync-progress/sync_1'],
  ['GET', '/api/recoveries'],
  ['GET', '/api/v1/integrations/amazon/recoveries'],
  ['GET', '/api/metrics/recoveries'],
  ['GET', '/api/v1/integrations/status'],
  ['POST', '/api/v1/integrations/amazon/connect'],
  ['POST', '/api/v1/integrations/disconnect?provider=amazon'],
  ['GET', '/api/v1/integrations/connect-docs'],
  ['GET', '/api/auth/me'],
  ['GET', '/api/auth/post-login/stripe'],
] as const;

const PUBLIC = [
  ['GET', '/'],
  ['GET', '/auth/success'],
  ['GET', '/page.js'],
  ['GET', '/page.css'],
  ['GET', '/auth/amazon/start'],
  ['GET', '/api/v1/integrations/amazon/auth/start'],
  ['POST', '/api/auth/logout'],
  ['GET', '/api/services/status'],
] as const;

const unauthenticated = {
  error: 'Please sign in.',
  message: 'Please sign in.',
  code: 'unauthenticated',
  requestId: expect.stringMatching(/^req_/),
};

describe('who may come in', () => {
  it.each(PRIVATE)('given no session, then %s %s is 401', async (method, path) => {
    const { status, body } = await gateway.stranger().ask(path, { method });
    expect({ status, body }).toEqual({ status: 401, body: unauthenticated });
  });

  it.each(PUBLIC)('given no session, then %s %s is served', async (method, path) => {
    expect((await gateway.stranger().ask(path, { method })).status).toBe(200);
  });

  const inThePast = Math.floor(Date.now() / 1000) - 60;
  it.each<[string, () => string | Promise<string>]>([
    ['malformed', () => '%E0%A4%A;;=,"'],
    ['no token', () => 'a.b.c'],
    ['expired', () => sessionToken({ sub: 'user-1', exp: inThePast })],
    ['of another key', () => sessionToken({ sub: 'user-1' }, { secret: 'x'.repeat(40) })],
    ['unsigned', () => new UnsecuredJWT({ sub: 'user-1' }).setExpirationTime('1h').encode()],
    ['without an end', () => sessionToken({ sub: 'user-1' }, { endless: true })],
  ])('given a cookie that is %s, then 401, and public routes take it for none', async (_, make) => {
    const client = new Client(gateway.origin);
    const headers = { cookie: `session_token=${await make()}` };
    const { status, body } = await client.ask('/api/sync/status', { headers });
    expect({ status, body }).toEqual({ status: 401, body: unauthenticated });
    expect((await client.ask('/auth/amazon/start', { headers })).status).toBe(200);
    expect((await client.ask('/api/auth/logout', { method: 'POST', headers })).status).toBe(200);
  });

  it.each([
    ['of two users', ['anna', 'bert'], null],
    ['of two users, the other order', ['bert', 'anna'], null],
    ['of one user twice', ['anna', 'anna'], 'anna'],
    ['of one user, and one that ran out', ['', 'anna'], 'anna'],
    ['so many that they cost something', ['anna', 'anna', 'anna', 'anna', 'anna'], null],
  ])('given session cookies %s (%j), then who is signed in is %s', async (_, subs, expected) => {
    const tokens = subs.map((sub, jti) =>
      sub === ''
        ? sessionToken({ sub: 'bert', exp: inThePast })
        : sessionToken({ sub, jti: String(jti) }),
    );
    const cookies = (await Promise.all(tokens)).map((token) => `session_token=${token}`);
    const headers = { cookie: cookies.join('; ') };
    const { status, body } = await gateway.stranger().ask('/api/auth/me', { headers });
    if (expected === null) expect({ status, body }).toEqual({ status: 401, body: unauthenticated });
    else expect(body).toMatchObject({ user: { id: expected } });
  });

  it('given a header that names a user, then it is not read', async () => {
    const headers = { 'x-user-id': user.tenantId };
    expect((await gateway.stranger().ask('/api/auth/me', { headers })).status).toBe(401);
    const me = await user.ask('/api/auth/me', { headers: { 'x-user-id': 'somebody-else' } });
    expect(me.body).toMatchObject({ success: true, user: { id: user.tenantId } });
  });

  it('given a bearer token, then it is taken as well', async () => {
    const headers = { authorization: `Bearer ${await sessionToken({ sub: 'machine-1' })}` };
    const { status, body } = await gateway.stranger().ask('/api/auth/me', { headers });
    expect({ status, body }).toMatchObject({ status: 200, body: { user: { id: 'machine-1' } } });
  });
});

describe('changes from elsewhere', () => {
  it.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 400],
    [{}, 400],
  ])('given a start with the cookie and %j, then %i', async (headers, status) => {
    const answer = await user.post('/api/sync/start', { headers });
    expect(answer.status).toBe(status);
    expect(answer.body['code']).toBe(status === 403 ? 'cross_site' : 'amazon_not_connected');
  });

  it('given our own origin, then it is allowed', async () => {
    const answer = await user.post('/api/sync/start', { headers: { origin: gateway.origin } });
    expect(answer.body['code']).toBe('amazon_not_connected');
  });
});
