import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { ask, codeOf } from './ask.js';
import { addressOf, bodyFor, type OwnIds, type Suite } from './suite.js';

/** Of the shape of real ids, and of nobody. */
const UNKNOWN: OwnIds = {
  sync: 'sync_01a1fdfd92267cad8efdc24c355526de',
  claim: 'claim_00000000000000000000000000000000',
  detection: 'detection_01a1fdfd92267cad8efdc24c355526de',
  document: 'document_00000000000000000000000000000000',
};

const SECONDS = (offset: number): number => Math.floor(Date.now() / 1000) + offset;

/** Who may ask, and about what. */
export function identityCases(suite: () => Suite): void {
  describe('a request without a session', () => {
    it('is 401 on every operation that is not public, before anything else is looked at', async () => {
      const { api, ids } = suite();
      const closed = api.operations.filter(({ isPublic }) => !isPublic);
      expect(closed.length).toBeGreaterThan(10);
      for (const operation of closed) {
        const answer = await ask(suite(), addressOf(operation, ids), { method: operation.method });
        expect
          .soft([answer.status, codeOf(answer)], operation.name)
          .toEqual([401, 'unauthenticated']);
        expect.soft(api.error.safeParse(answer.json).error, operation.name).toBeUndefined();
      }
    });

    it('is never 401 unauthenticated on a public operation', async () => {
      const { api, ids } = suite();
      const open = api.operations.filter(({ isPublic }) => isPublic);
      expect(open.length).toBeGreaterThan(5);
      for (const operation of open) {
        const answer = await ask(suite(), addressOf(operation, ids), { method: operation.method });
        expect.soft(codeOf(answer), operation.name).not.toBe('unauthenticated');
      }
    });
  });

  describe('an id of another seller', () => {
    it('is 404, with the same body as an id that never was', async () => {
      const { api, ids, newUser } = suite();
      const about = api.operations.filter(({ path }) => path.includes(':'));
      expect(about.length).toBeGreaterThan(3);
      const token = await newUser();
      for (const operation of about) {
        const question = { method: operation.method, token, body: bodyFor(suite(), operation) };
        const foreign = await ask(suite(), addressOf(operation, ids), question);
        const unknown = await ask(suite(), addressOf(operation, UNKNOWN), question);
        expect.soft([foreign.status, codeOf(foreign)], operation.name).toEqual([404, 'not_found']);
        const { requestId: _, ...foreignBody } = foreign.json as Record<string, unknown>;
        expect.soft(unknown.json, operation.name).toMatchObject(foreignBody);
        expect.soft(foreign.text, operation.name).not.toContain(ids.claim);
      }
    });
  });

  describe('a session token', () => {
    it.each([
      ['of no algorithm', (sub: string) => new UnsecuredJWT({ sub, exp: SECONDS(60) }).encode()],
      ['with another key', () => suite().newUser({}, { secret: 'x'.repeat(40) })],
      ['of an algorithm that is not pinned', () => suite().newUser({}, { alg: 'HS512' })],
      ['that has expired', () => suite().newUser({ exp: SECONDS(-60) })],
      ['that is not valid yet', () => suite().newUser({ nbf: SECONDS(600) })],
      ['without an end', () => suite().newUser({}, { endless: true })],
      ['of another issuer', () => suite().newUser({ iss: 'https://elsewhere.test' })],
      ['of no issuer', () => suite().newUser({ iss: undefined })],
      ['of nobody', () => suite().newUser({ sub: undefined })],
      ['that is no token', () => 'not.a.token'],
    ])('%s is refused, in the cookie and as a bearer', async (_, make) => {
      const token = await make('user-1');
      const inCookie = await ask(suite(), '/api/auth/me', { token });
      const headers = { authorization: `Bearer ${token}` };
      const asBearer = await ask(suite(), '/api/auth/me', { headers });
      expect([inCookie.status, codeOf(inCookie)]).toEqual([401, 'unauthenticated']);
      expect([asBearer.status, codeOf(asBearer)]).toEqual([401, 'unauthenticated']);
    });

    it('that is valid works in both places, and a header that names a user changes nothing', async () => {
      const token = await suite().newUser({ sub: 'user-of-the-token' });
      const user = { id: 'user-of-the-token' };
      const headers = { 'x-user-id': 'somebody-else' };
      const inCookie = await ask(suite(), '/api/auth/me', { token, headers });
      expect(inCookie.json).toMatchObject({ success: true, user });
      const authorization = `Bearer ${token}`;
      const asBearer = await ask(suite(), '/api/auth/me', { headers: { authorization } });
      expect(asBearer.json).toMatchObject({ success: true, user });
    });
  });
}
