import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import { openProgress } from '../testing/progress-client.js';

const FRONTEND = 'https://app.example';
const OTHER = 'http://localhost:5173';

let gateway: GatewayUnderTest;
let user: User;

beforeAll(async () => {
  gateway = await openGatewayUnderTest({
    FRONTEND_URL: `${FRONTEND}/welcome`,
    CORS_ORIGINS: OTHER,
  });
  user = await gateway.newUser();
});
afterAll(() => gateway[Symbol.asyncDispose]());

function corsOf(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
}

const READABLE = {
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'link, x-request-id, retry-after, idempotency-replayed',
};

describe('an answer', () => {
  it.each([
    [200, 'GET', '/api/sync/history'],
    [400, 'POST', '/api/sync/start'],
    [400, 'GET', '/api/sync/history?limit=no'],
    [404, 'GET', '/api/sync/status/sync_none'],
    [404, 'GET', '/api/nothing'],
  ])(
    'of %i to an allowed origin (%s %s), then its page may read it',
    async (status, method, path) => {
      for (const origin of [FRONTEND, OTHER]) {
        const answer = await user.ask(path, { method, headers: { origin } });
        expect(answer.status).toBe(status);
        expect(corsOf(answer.headers)).toEqual({
          ...READABLE,
          'access-control-allow-origin': origin,
        });
        expect(answer.headers.get('vary')).toContain('Origin');
      }
    },
  );

  it('of 401, or of 400 to an address that cannot be decoded, then its page may read it', async () => {
    for (const path of ['/api/sync/history', '/api/%E0%A4%A']) {
      const { headers } = await gateway.stranger().ask(path, { headers: { origin: OTHER } });
      expect(headers.get('access-control-allow-origin')).toBe(OTHER);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('vary')).toContain('Origin');
    }
  });

  it('that is a stream, then its page may read it', async () => {
    const syncId = await user.seller.request();
    const path = `/api/sse/sync-progress/${syncId}`;
    const response = await user.fetch(path, { headers: { origin: OTHER } });
    expect(corsOf(response.headers)).toEqual({ ...READABLE, 'access-control-allow-origin': OTHER });
    await response.body?.cancel();
    const plain = await openProgress(user, path);
    expect(corsOf(plain.response.headers)).toEqual({});
    plain.hangUp();
  });

  it.each([
    'https://evil.example',
    'https://app.example.evil.example',
    'https://sub.app.example',
    'http://app.example',
    'https://app.example:8443',
    'HTTPS://APP.EXAMPLE',
    'null',
    '*',
    `${FRONTEND}, https://evil.example`,
  ])('to the origin %s, then no page may read it', async (origin) => {
    const answer = await user.ask('/api/sync/history', { headers: { origin } });
    expect(corsOf(answer.headers)).toEqual({});
    expect(answer.headers.get('vary')).toContain('Origin');
  });
});

describe('a preflight', () => {
  const preflight = (origin: string, path = '/api/sync/history', method = 'GET') =>
    gateway.stranger().ask(path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'content-type,x-user-id',
      },
    });

  it.each([
    ['GET', '/api/sync/history'],
    ['POST', '/api/sync/start'],
    ['DELETE', '/api/v1/integrations/sync/cancel/sync_1'],
    ['GET', '/api/sse/sync-progress/sync_1'],
  ])('for %s %s of an allowed origin, then yes, without a session', async (method, path) => {
    const { status, text, headers } = await preflight(FRONTEND, path, method);
    expect({ status, text }).toEqual({ status: 204, text: '' });
    expect(corsOf(headers)).toEqual({
      ...READABLE,
      'access-control-allow-origin': FRONTEND,
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers':
        'content-type, x-user-id, idempotency-key, last-event-id, authorization',
      'access-control-max-age': '7200',
    });
    expect(headers.get('vary')).toContain('Origin');
  });

  it('of another origin, then nothing is there, with or without a session', async () => {
    const stranger = await preflight('https://evil.example');
    expect({ status: stranger.status, code: stranger.body['code'] }).toEqual({
      status: 404,
      code: 'not_found',
    });
    expect(corsOf(stranger.headers)).toEqual({});
    const headers = { origin: 'https://evil.example' };
    const own = await user.ask('/api/sync/history', { method: 'OPTIONS', headers });
    expect(own.status).toBe(404);
  });
});
