import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '@recoup/testkit';
import { settingsSchema } from '../settings.js';
import { openIdentityProvider, type IdentityProvider } from '../testing/identity-provider.js';
import { KeysAway, openKeySet, type KeySetOptions } from './key-set.js';
import { openSessionTokens } from './session-tokens.js';

let provider: IdentityProvider;
let errors: unknown[];

beforeEach(async () => {
  provider = await openIdentityProvider();
  errors = [];
});
afterEach(() => provider[Symbol.asyncDispose]());

/** Who a token says it is, with keys over HTTP. Cooldown and freshness are nothing unless given. */
function reader(options: Partial<KeySetOptions> = {}): (token: string) => Promise<string | null> {
  const settings = settingsSchema.parse({
    DATABASE_TENANT_URL: 'postgres://a@localhost/b',
    SESSION_JWKS_URL: provider.url,
  });
  const onError = (error: unknown): void => void errors.push(error);
  const keySet = openKeySet(provider.url, { onError, cooldownMs: 0, ...options });
  const tokens = openSessionTokens(settings, keySet);
  return async (token) => (await tokens.read(token))?.userId ?? null;
}

const HOURS = 3_600_000;
const ANNA = { sub: 'anna' };

describe('keys of an identity provider', () => {
  it.each(['RS256', 'ES256', 'EdDSA'])(
    'given a token signed with %s, then it is read',
    async (alg) => {
      await provider.rotate(alg);
      expect(await reader()(await provider.token(ANNA))).toBe('anna');
    },
  );

  it.each(['ES384', 'PS256', 'RS512'])(
    'given %s, which is not among ours, then not',
    async (alg) => {
      await provider.rotate(alg);
      expect(await reader()(await provider.token(ANNA))).toBeNull();
    },
  );

  it('given many tokens, then keys are fetched once', async () => {
    const read = reader();
    const token = await provider.token(ANNA);
    expect(await Promise.all([read(token), read(token), read(token)])).toEqual(
      Array(3).fill('anna'),
    );
    expect(await read(token)).toBe('anna');
    expect(provider.fetches).toBe(1);
  });

  it('given a new key, then tokens of the new one and the old one are read', async () => {
    const read = reader();
    const old = await provider.token(ANNA);
    await read(old);
    await provider.rotate();
    expect(await read(await provider.token({ sub: 'ben' }))).toBe('ben');
    expect(await read(old)).toBe('anna');
    expect(provider.fetches).toBe(2);
  });

  it('given many unknown key ids, then they are not so many fetches', async () => {
    const read = reader({ cooldownMs: HOURS });
    await read(await provider.token(ANNA));
    for (let n = 0; n < 20; n += 1) {
      expect(await read(await provider.token(ANNA, { kid: `made-up-${n}` }))).toBeNull();
    }
    expect(provider.fetches).toBe(1);
  });

  it('given a key that is published no more, then its tokens are refused once the keys are not fresh', async () => {
    const read = reader({ freshMs: 0 });
    const token = await provider.token(ANNA);
    await read(token);
    provider.keys.length = 0;
    await eventually(async () => (await read(token)) === null);
  });
});

describe('a provider that is away', () => {
  const AWAY = [
    { status: 500, body: 'oops' },
    { status: 200, body: 'no json' },
    { status: 200, body: '{"keys":7}' },
    { status: 302, body: '' },
  ];

  it.each(AWAY)('given %j and no keys yet, then nothing is said of a token', async (answer) => {
    const read = reader();
    provider.answer = answer;
    await expect(read(await provider.token(ANNA))).rejects.toBeInstanceOf(KeysAway);
    expect(errors).toHaveLength(1);
    provider.answer = null;
    expect(await read(await provider.token(ANNA))).toBe('anna');
  });

  it.each(AWAY)('given %j, then keys that are there go on working', async (answer) => {
    const read = reader({ freshMs: 0 });
    const token = await provider.token(ANNA);
    await read(token);
    provider.answer = answer;
    expect(await read(token)).toBe('anna');
    await eventually(() => errors.length > 0);
    expect(await read(token)).toBe('anna');
    await provider.rotate();
    await expect(read(await provider.token(ANNA))).rejects.toBeInstanceOf(KeysAway);
  });

  it('given no answer at all, then keys that are there are not waited for', async () => {
    const read = reader({ freshMs: 0 });
    const token = await provider.token(ANNA);
    await read(token);
    provider.answer = 'hang';
    expect(await read(token)).toBe('anna');
    expect(await read(token)).toBe('anna');
    expect(errors).toEqual([]); // both answered before the fetch was given up
  });

  it('given a cooldown, then it is asked once in it, and nothing is said meanwhile', async () => {
    const read = reader({ cooldownMs: HOURS });
    provider.answer = { status: 503, body: '' };
    const token = await provider.token(ANNA);
    for (let n = 0; n < 5; n += 1) await expect(read(token)).rejects.toBeInstanceOf(KeysAway);
    expect(provider.fetches).toBe(1);
  });
});
