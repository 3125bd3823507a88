import { describe, expect, it } from 'vitest';
import type { DescribedOperation } from './api-description.js';
import { ask, codeOf } from './ask.js';
import { addressOf, type Suite } from './suite.js';

/** Reads that need more than an address: what a redirect brings along, or an upgrade. */
const APART = /^GET \/(api\/v1\/integrations\/amazon\/auth\/callback|auth\/local|ws\/)/;

const isRead = ({ method, name, statuses }: DescribedOperation): boolean =>
  method === 'GET' && statuses.includes(200) && !APART.test(name);

/** What the body of a change must never be refused as when it takes none. */
const ABOUT_THE_BODY = ['invalid_json', 'invalid_request', 'bad_request', 'unsupported_media_type'];

/** What comes back, and in which form. */
export function answerCases(suite: () => Suite): void {
  describe('every GET', () => {
    it('answers what its description promises, with a content type on the request as browsers of the client send it', async () => {
      const { api, ids, token } = suite();
      const reads = api.operations.filter(isRead);
      expect(reads.length).toBeGreaterThan(12);
      for (const operation of reads) {
        const headers = { 'content-type': 'application/json' };
        const answer = await ask(suite(), addressOf(operation, ids), { token, headers });
        expect.soft(answer.status, operation.name).toBe(200);
        const type = answer.headers.get('content-type')?.split(';')[0];
        expect.soft(operation.types(200), operation.name).toContain(type);
        const schema = operation.check(200);
        expect.soft(schema?.safeParse(answer.json).error, operation.name).toBeUndefined();
      }
    });

    it('answers a HEAD with the same status, and no body', async () => {
      const { api, ids, token } = suite();
      const reads = api.operations.filter(isRead);
      for (const operation of reads) {
        const answer = await ask(suite(), addressOf(operation, ids), { method: 'HEAD', token });
        expect.soft([answer.status, answer.text], operation.name).toEqual([200, '']);
        if (operation.isPublic) continue;
        const stranger = await ask(suite(), addressOf(operation, ids), { method: 'HEAD' });
        expect.soft(stranger.status, operation.name).toBe(401);
      }
    });
  });

  describe('every change that takes no body', () => {
    it.each([
      ['with no body at all', ''],
      ['with an empty object', '{}'],
    ])('is not refused for it: JSON content type %s', async (_, text) => {
      const { api, ids, newUser, product } = suite();
      const changes = api.operations.filter(
        ({ method, takesBody }) => method !== 'GET' && !takesBody,
      );
      expect(changes.length).toBeGreaterThan(3);
      for (const operation of changes) {
        const response = await fetch(new URL(addressOf(operation, ids), product.origin), {
          method: operation.method,
          headers: {
            cookie: `session_token=${await newUser()}`,
            'content-type': 'application/json',
          },
          ...(text !== '' && { body: text }),
        });
        const body = (await response.json()) as { code?: unknown };
        expect.soft(response.status, operation.name).toBeLessThan(500);
        expect.soft(ABOUT_THE_BODY, operation.name).not.toContain(body.code);
        expect.soft(operation.statuses, operation.name).toContain(response.status);
      }
    });
  });

  describe('every failure', () => {
    const FAILURES = [
      ['no session', 401, () => ({ address: '/api/auth/me', token: null })],
      ['an unknown id', 404, (token: string) => ({ address: '/api/sync/status/sync_0', token })],
      ['an unknown address', 404, (token: string) => ({ address: '/api/nothing', token })],
      ['a bad query', 400, (token: string) => ({ address: '/api/sync/history?limit=0', token })],
    ] as const;

    it.each(FAILURES)('has one form: %s is %i', async (_, status, make) => {
      const { address, token } = make(suite().token);
      const answer = await ask(suite(), address, { token });
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json(;|$)/);
      expect(suite().api.error.safeParse(answer.json).error).toBeUndefined();
      expect(answer.json).toMatchObject({ requestId: answer.headers.get('x-request-id') });
    });

    it.each(FAILURES)('is RFC 9457 for who asks for it: %s is %i', async (_, status, make) => {
      const { address, token } = make(suite().token);
      const headers = { accept: 'application/problem+json' };
      const answer = await ask(suite(), address, { token, headers });
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(suite().api.error.safeParse(answer.json).error).toBeUndefined();
      const { message } = answer.json as { message: string };
      expect(answer.json).toMatchObject({ type: 'about:blank', title: message, status });
    });

    it('is 404 for an address that no route has, with a session and without, for every method', async () => {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        for (const token of [null, suite().token]) {
          const answer = await ask(suite(), '/api/no/such/route', { method, token });
          expect.soft([answer.status, codeOf(answer)], method).toEqual([404, 'not_found']);
        }
      }
    });
  });
}
