import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../testing/client.js';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import { sessionToken } from '../testing/session-token.js';

let gateway: GatewayUnderTest;
let second: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
  second = await openGatewayUnderTest({}, gateway);
});
afterAll(async () => {
  await second[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
});

const me = async (client: Client): Promise<number> => (await client.get('/api/auth/me')).status;

describe('signing out', () => {
  it('clears the cookie, and the token is refused here at once', async () => {
    const user = await gateway.newUser();
    const copy = user.at(gateway.origin);
    const { status, headers } = await user.post('/api/auth/logout');
    expect(status).toBe(200);
    expect(headers.getSetCookie()[0]).toMatch(/^session_token=;.*HttpOnly/);
    expect(await me(user)).toBe(401);
    expect(await me(copy)).toBe(401);
  });

  it('given another gateway process, then the token is refused there too', async () => {
    const user = await gateway.newUser();
    const copy = user.at(second.origin);
    expect(await me(copy)).toBe(200);
    await user.post('/api/auth/logout');
    await eventually(async () => (await me(copy)) === 401);
  });

  it('given a process that starts later, then the token is refused there from the first request on', async () => {
    const user = await gateway.newUser();
    const copy = user.at(gateway.origin);
    await user.post('/api/auth/logout');
    const third = await openGatewayUnderTest({}, gateway);
    expect(await me(copy.at(third.origin))).toBe(401);
    await third[Symbol.asyncDispose]();
  });

  it('given another session of the same user, then it stays', async () => {
    const user = await gateway.newUser();
    const elsewhere = new Client(gateway.origin, {
      session_token: await sessionToken({ sub: user.tenantId, jti: 'another sign-in' }),
    });
    await user.post('/api/auth/logout');
    expect(await me(elsewhere)).toBe(200);
  });

  it('given twice at once, then both are 200, and it is recorded once', async () => {
    const user = await gateway.newUser();
    const out = (): Promise<{ status: number }> => user.at(gateway.origin).post('/api/auth/logout');
    expect((await Promise.all([out(), out(), out()])).map(({ status }) => status)).toEqual([
      200, 200, 200,
    ]);
  });

  it.each<[string, RequestInit]>([
    ['no body', {}],
    ['a JSON type and no body', { headers: { 'content-type': 'application/json' } }],
    ['broken JSON', { headers: { 'content-type': 'application/json' }, body: '{' }],
    ['text', { headers: { 'content-type': 'text/plain' }, body: 'bye' }],
    ['a type that is none', { headers: { 'content-type': '///' }, body: 'bye' }],
    [
      'far too much',
      { headers: { 'content-type': 'application/json' }, body: 'x'.repeat(200_000) },
    ],
    ['a token that is none', { headers: { authorization: 'Bearer nonsense' } }],
  ])('given %s, then it is 200', async (_what, init) => {
    expect((await gateway.stranger().post('/api/auth/logout', init)).status).toBe(200);
    const user = await gateway.newUser();
    expect((await user.post('/api/auth/logout', init)).status).toBe(200);
  });
});

describe('a bearer token beside a cookie', () => {
  let user: User;
  beforeAll(async () => {
    user = await gateway.newUser();
  });
  const withHeader = async (authorization: string): Promise<unknown> => {
    const { status, body } = await user.ask('/api/auth/me', { headers: { authorization } });
    return status === 200 ? (body['user'] as { id: string }).id : status;
  };

  it('is the one that counts', async () => {
    expect(await withHeader(`Bearer ${await sessionToken({ sub: 'machine-1' })}`)).toBe(
      'machine-1',
    );
    expect(await withHeader(`bearer ${await sessionToken({ sub: 'machine-1' })}`)).toBe(
      'machine-1',
    );
  });

  it.each(['Bearer', 'Bearer ', 'Bearer x', 'Bearer a b', 'Bearer a.b.c'])(
    'given that it is "%s", then the cookie does not make it good',
    async (header) => expect(await withHeader(header)).toBe(401),
  );

  it('given credentials of another kind, then they are not ours to read', async () => {
    expect(await withHeader('Basic c3RhZ2luZzpzZWNyZXQ=')).toBe(user.tenantId);
  });
});

describe('given that the database is gone', () => {
  it('then signing out is 200 all the same, and the token is refused everywhere', async () => {
    const own = await openGatewayUnderTest();
    const beside = await openGatewayUnderTest({}, own);
    const user = await own.newUser();
    const copies = [user.at(own.origin), user.at(beside.origin)];
    await own.database.drop();
    expect((await user.post('/api/auth/logout')).status).toBe(200);
    await eventually(async () =>
      (await Promise.all(copies.map(me))).every((status) => status === 401),
    );
    await beside[Symbol.asyncDispose]();
    await own[Symbol.asyncDispose]();
  });
});
