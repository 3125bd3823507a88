import { describe, expect, it } from 'vitest';
import { ask, codeOf, type Answer } from './ask.js';
import { addressOf, FRONTEND, type Suite } from './suite.js';

const FOREIGN = 'https://elsewhere.test';

/** What an answer allows the pages of other origins. */
function allowance({ headers }: Answer): Record<string, unknown> {
  return {
    origin: headers.get('access-control-allow-origin'),
    credentials: headers.get('access-control-allow-credentials'),
    varies: /\borigin\b/i.test(headers.get('vary') ?? ''),
  };
}

const ALLOWED = { origin: FRONTEND, credentials: 'true', varies: true };

/** Who may call from a browser. */
export function edgeCases(suite: () => Suite): void {
  describe('pages of other origins', () => {
    it('may read every operation from an allowed origin, and from no other', async () => {
      const { api, ids, token } = suite();
      for (const operation of api.operations.filter(({ method }) => method === 'GET')) {
        const address = addressOf(operation, ids);
        const read = async (origin: string | null): Promise<Record<string, unknown>> =>
          allowance(await ask(suite(), address, { token, headers: origin ? { origin } : {} }));
        expect.soft(await read(FRONTEND), operation.name).toEqual(ALLOWED);
        for (const origin of [FOREIGN, 'null', null, `${FRONTEND}.elsewhere.test`]) {
          const { origin: echoed } = await read(origin);
          expect.soft(echoed, `${operation.name} from ${origin}`).toBeNull();
        }
      }
    });

    it('are told so before they ask, for GETs too, and without a session', async () => {
      const { api, ids } = suite();
      for (const operation of api.operations) {
        const preflight = (origin: string): Promise<Answer> =>
          ask(suite(), addressOf(operation, ids), {
            method: 'OPTIONS',
            headers: {
              origin,
              'access-control-request-method': operation.method,
              'access-control-request-headers': 'content-type,x-user-id',
            },
          });
        const { status, headers, ...rest } = await preflight(FRONTEND);
        expect.soft(status, operation.name).toBe(204);
        expect.soft(allowance({ status, headers, ...rest }), operation.name).toEqual(ALLOWED);
        const methods = headers.get('access-control-allow-methods')?.split(/, ?/);
        expect.soft(methods, operation.name).toContain(operation.method);
        const names = headers.get('access-control-allow-headers')?.toLowerCase().split(/, ?/);
        const asked = ['content-type', 'x-user-id', 'idempotency-key', 'last-event-id'];
        expect.soft(names, operation.name).toEqual(expect.arrayContaining(asked));
        const foreign = await preflight(FOREIGN);
        expect.soft(allowance(foreign)['origin'], operation.name).toBeNull();
      }
    });

    it.each([
      ['/api/auth/me', 401, false],
      ['/api/nothing', 404, false],
      ['/api/sync/history?limit=0', 400, true],
    ])('can read a failure: %s is %i', async (address, status, signedIn) => {
      const token = signedIn ? suite().token : null;
      const answer = await ask(suite(), address, { token, headers: { origin: FRONTEND } });
      expect([answer.status, allowance(answer)]).toEqual([status, ALLOWED]);
    });

    it('can read the headers that the contract names', async () => {
      const { headers } = await ask(suite(), '/api/auth/me', { headers: { origin: FRONTEND } });
      const exposed = headers.get('access-control-expose-headers')?.toLowerCase().split(/, ?/);
      expect(exposed).toEqual(expect.arrayContaining(['link', 'x-request-id', 'retry-after']));
    });
  });

  describe('a change with the cookie', () => {
    const FROM: readonly (readonly [string, Record<string, string>, boolean])[] = [
      ['an allowed page', { origin: FRONTEND }, true],
      ['a program that says nothing', {}, true],
      ['the same site, without an origin', { 'sec-fetch-site': 'same-site' }, true],
      ['a foreign page', { origin: FOREIGN }, false],
      ['a page without an origin of its own', { origin: 'null' }, false],
      ['a foreign page that hides its origin', { 'sec-fetch-site': 'cross-site' }, false],
    ];
    it.each(FROM)('from %s', async (_, headers, passes) => {
      const { api, ids, newUser } = suite();
      const changes = api.operations.filter(({ method }) => method !== 'GET');
      expect(changes.length).toBeGreaterThan(4);
      for (const operation of changes) {
        const { name, method } = operation;
        const question = { method, token: await newUser(), headers };
        const answer = await ask(suite(), addressOf(operation, ids), question);
        const refused = answer.status === 403 && codeOf(answer) === 'cross_site';
        expect.soft(refused, `${name} answered ${answer.status}`).toBe(!passes);
      }
    });
  });
}
