import fc from 'fast-check';
import {
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';
import { describe, expect, it } from 'vitest';
import { settingsSchema, type Settings } from '../settings.js';
import { SECRET, sessionToken } from '../testing/session-token.js';
import { openSessionTokens } from './session-tokens.js';

const settings = settingsSchema.parse({
  DATABASE_TENANT_URL: 'postgres://a@localhost/b',
  SESSION_JWT_SECRET: SECRET,
});
const provider = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256', { extractable: true });
const keySet = createLocalJWKSet({ keys: [await exportJWK(provider.publicKey)] });

/** Tokens of ours and of a provider, both taken. */
const tokens = openSessionTokens(settings, keySet);
const seconds = (from: number): number => Math.floor(Date.now() / 1000) + from;

function providerToken(
  claims: JWTPayload,
  {
    key = provider.privateKey,
    header = {},
  }: { key?: CryptoKey; header?: JWTHeaderParameters | object } = {},
): Promise<string> {
  return new SignJWT({ exp: seconds(3600), ...claims })
    .setProtectedHeader({ alg: 'RS256', ...header })
    .sign(key);
}

/** Signed as an HMAC with what everybody can read: the public key. */
async function confused(): Promise<string> {
  const pem = await exportSPKI(provider.publicKey);
  return sessionToken({ sub: 'user-1' }, { secret: pem });
}

describe('a session token', () => {
  it('given one of ours, then its subject is user and tenant', async () => {
    expect(
      await tokens.read(await sessionToken({ sub: 'user-1', email: 'a@example.com' })),
    ).toMatchObject({
      userId: 'user-1',
      tenantId: 'user-1',
      email: 'a@example.com',
      ours: true,
    });
  });

  it('given one of the provider, then it is taken as well', async () => {
    const session = await tokens.read(await providerToken({ sub: 'user-1' }));
    expect(session).toMatchObject({ userId: 'user-1', email: null, ours: false });
  });

  it('given one that we signed, then it is read back, and two of one second are two sessions', async () => {
    const [first, second] = await Promise.all([
      tokens.sign!('user-1', 60),
      tokens.sign!('user-1', 60),
    ]);
    const session = await tokens.read(first);
    expect(session).toMatchObject({ userId: 'user-1', ours: true });
    expect((await tokens.read(second))?.id).not.toBe(session?.id);
    expect(first).not.toContain(session?.id);
  });

  it('given another spelling of the same signature, then it is the same session', async () => {
    const token = await sessionToken({ sub: 'user-1' });
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    // The last letter of 32 bytes holds two bits that nobody reads.
    const other = token.slice(0, -1) + last.charAt(last.indexOf(token.at(-1)!) ^ 1);
    const [session, twin] = [await tokens.read(token), await tokens.read(other)];
    expect(other).not.toBe(token);
    expect(twin === null || twin.id === session?.id).toBe(true);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['expired', () => sessionToken({ sub: 'user-1', exp: seconds(-1) })],
    ['of the provider, expired', () => providerToken({ sub: 'user-1', exp: seconds(-1) })],
    ['not valid yet', () => sessionToken({ sub: 'user-1', nbf: seconds(60) })],
    ['without an end', () => sessionToken({ sub: 'user-1' }, { endless: true })],
    ['of an end beyond all dates', () => sessionToken({ sub: 'user-1', exp: 1e300 })],
    [
      'of an end that is no number',
      () => sessionToken({ sub: 'u', exp: 'never' as unknown as number }),
    ],
    ['without a subject', () => sessionToken({})],
    ['with an empty subject', () => sessionToken({ sub: '' })],
    ['with a subject that no stream could be named after', () => sessionToken({ sub: 'a\u001eb' })],
    ['with half a character in its subject', () => sessionToken({ sub: 'a\ud800' })],
    ['with a NUL in its subject', () => sessionToken({ sub: 'a\0' })],
    ['with a subject that is no text', () => sessionToken({ sub: 7 as unknown as string })],
    ['with a huge subject', () => sessionToken({ sub: 'a'.repeat(1_000_000) })],
    ['of another secret', () => sessionToken({ sub: 'user-1' }, { secret: SECRET + '!' })],
    ['of another key', () => providerToken({ sub: 'user-1' }, { key: stranger.privateKey })],
    [
      'of another algorithm with our secret',
      () => sessionToken({ sub: 'user-1' }, { alg: 'HS512' }),
    ],
    ['signed with the public key as a secret', confused],
    ['unsigned', () => new UnsecuredJWT({ sub: 'user-1' }).setExpirationTime('1h').encode()],
    ['empty', () => ''],
    [
      'with its own key in its header',
      async () => {
        const jwk = await exportJWK(stranger.publicKey);
        return providerToken({ sub: 'user-1' }, { key: stranger.privateKey, header: { jwk } });
      },
    ],
    [
      'with the address of its key in its header',
      () => {
        const header = { jku: 'http://127.0.0.1:9/keys', x5u: 'http://127.0.0.1:9/cert' };
        return providerToken({ sub: 'user-1' }, { key: stranger.privateKey, header });
      },
    ],
    [
      'cut short',
      async () => (await sessionToken({ sub: 'user-1' })).split('.').slice(0, 2).join('.') + '.',
    ],
  ])('that is %s, then there is no session', async (_what, make) => {
    expect(await tokens.read(await make())).toBeNull();
  });

  it('given a clock of the provider that is a little ahead, then its token is taken', async () => {
    expect(
      await tokens.read(await providerToken({ sub: 'user-1', nbf: seconds(2) })),
    ).not.toBeNull();
  });

  it('given anything at all, then there is none, and nothing is thrown', async () => {
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
      fc.asyncProperty(token, async (text) => {
        expect(await tokens.read(text)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});

describe('settings of sessions', () => {
  const only = (more: Partial<Settings>, keys = false): ReturnType<typeof openSessionTokens> =>
    openSessionTokens({ ...settings, ...more }, keys ? keySet : null);

  it('given the secret alone, then the provider’s tokens are refused', async () => {
    expect(await only({}).read(await providerToken({ sub: 'user-1' }))).toBeNull();
  });

  it('given keys alone, then tokens of a secret are refused, and none can be signed', async () => {
    const keysOnly = only({ SESSION_JWT_SECRET: undefined }, true);
    expect(await keysOnly.read(await sessionToken({ sub: 'user-1' }))).toBeNull();
    expect(await keysOnly.read(await confused())).toBeNull();
    expect(keysOnly.sign).toBeNull();
    expect(await keysOnly.read(await providerToken({ sub: 'user-1' }))).not.toBeNull();
  });

  it('given secrets that are accepted, then their sessions are taken, and new ones are signed by the first', async () => {
    const [before, next] = [
      'the secret of before, long enough',
      'the secret of tomorrow, long enough',
    ];
    const accepted = { SESSION_JWT_SECRETS_ACCEPTED: [before, next] };
    const rotating = only(accepted, true);
    for (const secret of [SECRET, before, next]) {
      expect(await rotating.read(await sessionToken({ sub: 'user-1' }, { secret }))).not.toBeNull();
      const ended = { sub: 'user-1', exp: seconds(-60) };
      expect(await rotating.read(await sessionToken(ended, { secret }))).toBeNull();
    }
    const stranger = { secret: 'a secret that nobody has accepted here' };
    expect(await rotating.read(await sessionToken({ sub: 'user-1' }, stranger))).toBeNull();
    expect(await rotating.read(await confused())).toBeNull();
    expect(await rotating.read(await providerToken({ sub: 'user-1' }))).not.toBeNull();
    expect(await only({}).read(await rotating.sign!('user-1', 60))).not.toBeNull();

    const takenOver = only({ ...accepted, SESSION_JWT_SECRET: undefined }, true);
    const old = await sessionToken({ sub: 'user-1' }, { secret: before });
    expect(await takenOver.read(old)).not.toBeNull();
    expect(takenOver.sign).toBeNull();
  });

  it('given issuer and audience, then both are checked, and our own tokens carry them', async () => {
    const strict = only({ SESSION_ISSUER: 'https://id.example', SESSION_AUDIENCE: 'recoup' }, true);
    const good = { sub: 'user-1', iss: 'https://id.example', aud: ['recoup', 'other'] };
    for (const make of [sessionToken, providerToken]) {
      expect(await strict.read(await make(good))).not.toBeNull();
      expect(await strict.read(await make({ ...good, iss: 'other' }))).toBeNull();
      expect(await strict.read(await make({ ...good, aud: 'other' }))).toBeNull();
      expect(await strict.read(await make({ sub: 'user-1' }))).toBeNull();
    }
    expect(await strict.read(await strict.sign!('user-1', 60))).not.toBeNull();
  });

  it.each([
    [{}, /SESSION_JWKS_URL/],
    [{ SESSION_JWT_SECRET: 'short' }, /32 characters/],
    [{ SESSION_JWT_SECRETS_ACCEPTED: `${SECRET},short` }, /32 characters/],
    [{ STORAGE_URL: 'file:///files' }, /DOCUMENT_ENCRYPTION_KEY/],
    [{ SESSION_JWKS_URL: 'file:///etc/keys' }, /URL/],
    [
      { SESSION_JWKS_URL: 'https://id.example', LOCAL_SIGN_IN_TOKEN: 'x'.repeat(20) },
      /SESSION_JWT_SECRET/,
    ],
  ])('given %j, then the setting is refused by name', (given, message) => {
    const { error } = settingsSchema.safeParse({
      DATABASE_TENANT_URL: 'postgres://a@localhost/b',
      ...given,
    });
    expect(error?.message).toMatch(message);
  });
});
