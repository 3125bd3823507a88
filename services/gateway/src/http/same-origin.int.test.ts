import { request as httpRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { sessionToken } from '../testing/session-token.js';

const FRONTEND = 'https://app.example';
const PUBLIC_HOST = 'api.example';

/** Behind a proxy of its own host, and as it is started on a developer's machine. */
let local: GatewayUnderTest;
let proxied: GatewayUnderTest;
let token: string;

beforeAll(async () => {
  token = await sessionToken({ sub: 'user-1' });
  [local, proxied] = await Promise.all([
    openGatewayUnderTest({ CORS_ORIGINS: 'http://localhost:5173' }),
    openGatewayUnderTest({
      FRONTEND_URL: FRONTEND,
      OAUTH_REDIRECT_URI: `https://${PUBLIC_HOST}/callback`,
      TRUST_PROXY: '1',
    }),
  ]);
});
afterAll(async () => {
  await local[Symbol.asyncDispose]();
  await proxied[Symbol.asyncDispose]();
});

type Headers = Readonly<Record<string, string>>;

/** The status of a start; `fetch` would not send these headers as they are. 400 is what a start answers that may run. */
async function start({ origin }: GatewayUnderTest, headers: Headers): Promise<number | undefined> {
  const request = httpRequest(new URL('/api/sync/start', origin), { method: 'POST', headers });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

const MAY = 400;
const REFUSED = 403;
const cookie = (): Headers => ({ cookie: `session_token=${token}` });

describe('a change with the cookie', () => {
  it.each<[number, string, Headers]>([
    [MAY, 'says nothing, as curl does', {}],
    [MAY, 'comes from an allowed origin', { origin: 'http://localhost:5173' }],
    [MAY, 'comes from our own host', { host: 'localhost:3001', origin: 'http://localhost:3001' }],
    [
      MAY,
      'comes from our own host over TLS',
      { host: 'recoup.test', origin: 'https://recoup.test' },
    ],
    [MAY, 'writes our host in capitals', { host: 'Recoup.Test', origin: 'http://recoup.test' }],
    [MAY, 'has no origin and is ours', { 'sec-fetch-site': 'same-origin' }],
    [MAY, 'has no origin and is of our site', { 'sec-fetch-site': 'same-site' }],
    [
      MAY,
      'is cross-site from an allowed origin',
      { origin: 'http://localhost:5173', 'sec-fetch-site': 'cross-site' },
    ],
    [
      REFUSED,
      'comes from another port',
      { host: 'localhost:3001', origin: 'http://localhost:3002' },
    ],
    [
      REFUSED,
      'comes from a sibling',
      { host: 'api.example', origin: 'https://blog.example', 'sec-fetch-site': 'same-site' },
    ],
    [
      REFUSED,
      'comes from a name that ends alike',
      { host: 'api.example', origin: 'https://evil-api.example' },
    ],
    [REFUSED, 'comes from somewhere else', { origin: 'https://evil.example' }],
    [REFUSED, 'hides its origin', { origin: 'null' }],
    [
      REFUSED,
      'hides its origin but claims to be ours',
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    ],
    [REFUSED, 'has an empty origin', { origin: '' }],
    [REFUSED, 'has no origin and is cross-site', { 'sec-fetch-site': 'cross-site' }],
    [REFUSED, 'has no origin and no page', { 'sec-fetch-site': 'none' }],
    [
      REFUSED,
      'claims our host without a proxy',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    ],
  ])('is answered %i when it %s', async (status, _what, headers) => {
    expect(await start(local, { ...cookie(), ...headers })).toBe(status);
  });

  it.each<[number, string, Headers]>([
    [MAY, 'comes from the frontend', { origin: FRONTEND }],
    [
      MAY,
      'comes from the host that the proxy names',
      { 'x-forwarded-host': PUBLIC_HOST, origin: `https://${PUBLIC_HOST}` },
    ],
    [
      REFUSED,
      'comes in plain text where we are TLS only',
      { 'x-forwarded-host': PUBLIC_HOST, origin: `http://${PUBLIC_HOST}` },
    ],
    [
      REFUSED,
      'comes from the host behind the proxy',
      { 'x-forwarded-host': PUBLIC_HOST, host: 'gateway:3001', origin: 'https://gateway:3001' },
    ],
    [
      REFUSED,
      'comes from the first of two hosts',
      { 'x-forwarded-host': `evil.example, ${PUBLIC_HOST}`, origin: 'https://evil.example' },
    ],
  ])('behind a proxy is answered %i when it %s', async (status, _what, headers) => {
    expect(await start(proxied, { ...cookie(), ...headers })).toBe(status);
  });
});

describe('a change without the cookie', () => {
  it('given a bearer token, then where it comes from does not matter: no browser adds one by itself', async () => {
    const headers = { authorization: `Bearer ${token}`, origin: 'https://evil.example' };
    expect(await start(local, headers)).toBe(MAY);
    expect(await start(local, { ...headers, ...cookie() })).toBe(REFUSED);
  });

  it('given none, then 401 as anywhere', async () => {
    expect(await start(local, { origin: 'https://evil.example' })).toBe(401);
  });
});
