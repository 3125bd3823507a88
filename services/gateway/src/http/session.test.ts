import { UnsecuredJWT } from 'jose';
import fc from 'fast-check';
import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../settings.js';
import { SECRET, sessionToken } from '../testing/session-token.js';
import { cookieOptions, openSessions, type Session } from './session.js';

const required = { DATABASE_TENANT_URL: 'postgres://a@localhost/b', SESSION_JWT_SECRET: SECRET };
const settings = settingsSchema.parse(required);

function read(
  given: { cookie?: string; authorization?: string },
  more: Partial<typeof settings> = {},
): Promise<Session | null> {
  const cookies = given.cookie === undefined ? {} : { session_token: given.cookie };
  const headers = { authorization: given.authorization };
  return openSessions({ ...settings, ...more }).read({ cookies, headers } as FastifyRequest);
}

describe('a session', () => {
  it('given a token of ours, then its subject is user and tenant', async () => {
    const cookie = await sessionToken({ sub: 'user-1', email: 'a@example.com' });
    expect(await read({ cookie })).toMatchObject({
      userId: 'user-1',
      tenantId: 'user-1',
      email: 'a@example.com',
    });
    expect(await read({ authorization: `Bearer ${cookie}` })).toMatchObject({ userId: 'user-1' });
  });

  const past = Math.floor(Date.now() / 1000) - 60;
  it.each<[string, () => string | Promise<string>]>([
    ['an expired token', () => sessionToken({ sub: 'user-1', exp: past })],
    ['a token without an end', () => sessionToken({ sub: 'user-1' }, { endless: true })],
    ['a token without a subject', () => sessionToken({})],
    ['an empty subject', () => sessionToken({ sub: '' })],
    ['a subject that no stream could be named after', () => sessionToken({ sub: 'a\u001eb' })],
    ['a subject with a NUL', () => sessionToken({ sub: 'a\0' })],
    ['a subject that is no text', () => sessionToken({ sub: 7 as unknown as string })],
    ['a token of another key', () => sessionToken({ sub: 'user-1' }, { secret: SECRET + '!' })],
    ['another algorithm with our key', () => sessionToken({ sub: 'user-1' }, { alg: 'HS512' })],
    [
      'an unsigned token',
      () => new UnsecuredJWT({ sub: 'user-1' }).setExpirationTime('1h').encode(),
    ],
    ['an empty cookie', () => ''],
  ])('given %s, then there is none', async (_what, make) => {
    expect(await read({ cookie: await make() })).toBeNull();
  });

  it('given anything at all as a token, then there is none, and nothing is thrown', async () => {
    const part = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
    );
    const token = fc.oneof(
      fc.string(),
      fc.tuple(part, part, part).map((parts) => parts.join('.')),
    );
    await fc.assert(
      fc.asyncProperty(token, async (cookie) => {
        expect(await read({ cookie })).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('given that issuer and audience are set, then they are checked', async () => {
    const more = { SESSION_ISSUER: 'https://id.example', SESSION_AUDIENCE: 'recoup' };
    const good = { sub: 'user-1', iss: 'https://id.example', aud: 'recoup' };
    expect(await read({ cookie: await sessionToken(good) }, more)).not.toBeNull();
    expect(await read({ cookie: await sessionToken({ ...good, iss: 'other' }) }, more)).toBeNull();
    expect(await read({ cookie: await sessionToken({ ...good, aud: 'other' }) }, more)).toBeNull();
    expect(await read({ cookie: await sessionToken({ sub: 'user-1' }) }, more)).toBeNull();
  });
});

describe('our cookies', () => {
  it.each([
    [{}, { secure: false, sameSite: 'lax', partitioned: false }],
    [{ FRONTEND_URL: 'http://localhost:5173' }, { secure: false, sameSite: 'lax' }],
    [{ FRONTEND_URL: 'https://app.example' }, { secure: true, sameSite: 'lax' }],
    [{ COOKIE_SAMESITE: 'none' as const }, { secure: true, sameSite: 'none', partitioned: true }],
  ])('given %j, then %j', (more, expected) => {
    expect(cookieOptions({ ...settings, ...more })).toMatchObject({
      ...expected,
      httpOnly: true,
      path: '/',
    });
  });
});
