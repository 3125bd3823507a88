import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;
let user: User;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
  user = await gateway.newUser();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const problem = (code: string) => ({
  error: expect.any(String),
  message: expect.any(String),
  code,
  requestId: expect.stringMatching(/^req_/),
});

describe('what a request may carry', () => {
  const json = { 'content-type': 'application/json' };

  it.each([undefined, '', '{}', 'null', '  '])(
    'given a start with JSON content type and the body %j, then it is read as no body',
    async (body) => {
      const init = body === undefined ? {} : { body };
      const { body: answer } = await user.post('/api/sync/start', { headers: json, ...init });
      expect(answer['code']).toBe('amazon_not_connected');
    },
  );

  it('given a DELETE with JSON content type and no body, then it is read', async () => {
    const path = '/api/v1/integrations/sync/cancel/sync_1';
    expect((await user.ask(path, { method: 'DELETE', headers: json })).status).toBe(404);
  });

  it('given a GET with JSON content type, then it is served', async () => {
    expect((await user.ask('/api/sync/history', { headers: json })).status).toBe(200);
  });

  it.each(['{', '{"a":}', 'nonsense', '['.repeat(30_000)])(
    'given broken JSON, then 400 invalid_json (%#)',
    async (body) => {
      const answer = await user.post('/api/sync/start', { headers: json, body });
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual(problem('invalid_json'));
    },
  );

  it('given JSON that nests deeper than any of ours, then 400 before anything walks it; brackets in texts are none', async () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    const deep = await user.post('/api/sync/start', { headers: json, body: nested(17) });
    expect(deep.body).toEqual(problem('invalid_json'));
    expect(deep.body['message']).toContain('nested');
    for (const body of [nested(16), JSON.stringify({ a: `\\"${'['.repeat(99)}` })]) {
      const { body: answer } = await user.post('/api/sync/start', { headers: json, body });
      expect(answer['code']).toBe('amazon_not_connected');
    }
  });

  it('given an address beyond 8 KiB, then 414; below it an id is unknown like any other', async () => {
    const long = await user.get(`/api/sync/status/${'x'.repeat(8200)}`);
    expect({ status: long.status, body: long.body }).toEqual({
      status: 414,
      body: problem('url_too_long'),
    });
    expect((await user.get(`/api/sync/status/${'x'.repeat(8000)}`)).status).toBe(404);
  });

  it('given a huge body, then 413', async () => {
    const body = JSON.stringify({ a: 'x'.repeat(70_000) });
    const answer = await user.post('/api/sync/start', { headers: json, body });
    expect(answer.status).toBe(413);
    expect(answer.body).toEqual(problem('body_too_large'));
  });

  it('given a body of another type, then 415', async () => {
    const headers = { 'content-type': 'text/xml' };
    const answer = await user.post('/api/sync/start', { headers, body: '<a/>' });
    expect(answer.status).toBe(415);
    expect(answer.body).toEqual(problem('unsupported_media_type'));
  });

  it.each([
    '/api/recoveries?limit=0',
    '/api/recoveries?limit=101',
    '/api/recoveries?limit=many',
    '/api/recoveries?cursor=nonsense',
    `/api/recoveries?cursor=${Buffer.from('["2026-11-20T10:00:00Z","a\\u0000"]').toString('base64url')}`,
    '/api/recoveries?status=Lost',
    '/api/recoveries?tier=gold',
    '/api/sync/history?limit=1.5',
    '/api/sync/history?offset=-1',
    '/api/sync/history?offset=9007199254740991',
    '/api/sync/history?status=completed',
    '/api/sync/activity?limit=-5',
  ])('given %s, then 400 with what is wrong', async (path) => {
    const answer = await user.get(path);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual(problem('invalid_request'));
    expect(answer.body['message']).toMatch(/^(limit|offset|cursor|status|tier): /);
  });

  it('given a connect without a token, then 400 says which field', async () => {
    const body = JSON.stringify({ sellingPartnerId: 'A1' });
    const answer = await user.post('/api/v1/integrations/amazon/connect', { headers: json, body });
    expect(answer.status).toBe(400);
    expect(answer.body['message']).toMatch(/^refreshToken: /);
  });
});

describe('addresses', () => {
  it.each([
    ['GET', '/api/nothing'],
    ['GET', '/api/sync/start'],
    ['PUT', '/api/sync/start'],
    ['GET', '/auth/local?token=any'],
  ])(
    'given %s %s, which is no route, then 404 with and without a session',
    async (method, path) => {
      for (const client of [user, gateway.stranger()]) {
        const { status, body } = await client.ask(path, { method });
        expect({ status, body }).toEqual({
          status: 404,
          body: { ...problem('not_found'), error: 'Not found', message: 'Not found' },
        });
      }
    },
  );

  it('given an address that cannot be decoded, then 400 in the same shape', async () => {
    const { status, body, headers } = await user.get('/api/sync/status/%E0%A4%A');
    expect({ status, body }).toEqual({ status: 400, body: problem('bad_request') });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('given a HEAD, then the headers of the GET and no body', async () => {
    const answer = await user.ask('/api/sync/history', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('');
    expect(answer.headers.get('content-type')).toContain('application/json');
  });
});

describe('every answer', () => {
  it.each([
    '/api/sync/history',
    '/api/nothing',
    '/api/sync/status/sync_none',
    '/api/services/status',
  ])('given %s, then it may be neither kept nor sniffed nor named to others', async (path) => {
    const { headers } = await user.get(path);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-request-id')).toMatch(/^req_/);
  });

  it('given a page, then no other site may frame it, and it may load only our own parts', async () => {
    const { headers } = await gateway.stranger().get('/');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('given that problem+json is asked for, then failures are told in it, with the same members', async () => {
    const headers = { accept: 'application/problem+json' };
    const response = await user.fetch('/api/sync/status/sync_none', { headers });
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toEqual({
      ...problem('not_found'),
      type: 'about:blank',
      title: 'Not found',
      status: 404,
    });
    const plain = await user.get('/api/sync/status/sync_none');
    expect(plain.headers.get('content-type')).toContain('application/json');
    expect(plain.body).toEqual(problem('not_found'));
  });

  it.each([
    ['no HTTP', 'HELLO\r\n\r\n', { status: 400, code: 'bad_request' }],
    [
      'headers beyond all measure',
      `GET / HTTP/1.1\r\nHost: a\r\nCookie: session_token=${'x'.repeat(40_000)}\r\n\r\n`,
      { status: 431, code: 'headers_too_large' },
    ],
  ])('given %s, then the same shape of failure', async (_, sent, { status, code }) => {
    const { hostname, port } = new URL(gateway.origin);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.write(sent);
    await once(socket, 'close');
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(JSON.parse(body)).toEqual(problem(code));
  });
});
