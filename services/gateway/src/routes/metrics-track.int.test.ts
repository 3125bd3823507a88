import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const json = { 'content-type': 'application/json' };

describe('POST /api/metrics/track', () => {
  it.each<[string, RequestInit]>([
    ['nothing', {}],
    ['a JSON content type and no body', { headers: json }],
    ['an object', { headers: json, body: '{"event":"page_view"}' }],
    ['broken JSON', { headers: json, body: '{"event":' }],
    ['text', { body: 'event' }],
    ['a form', { body: new URLSearchParams({ event: 'x' }) }],
    ['a file', { body: new Blob(['x'], { type: 'application/octet-stream' }) }],
    ['a content type that is none', { headers: { 'content-type': ';;;' }, body: 'x' }],
    ['more than any route takes', { headers: json, body: 'x'.repeat(200_000) }],
    ['a session that is none', { headers: { cookie: 'session_token=x' } }],
  ])('given %s, then 202', async (_, init) => {
    const { status, body } = await gateway.stranger().post('/api/metrics/track', init);
    expect({ status, body }).toEqual({ status: 202, body: { accepted: true } });
  });

  it('given a secret in a body, then no log has it', async () => {
    const body = '{"token":"very-secret-token"';
    await gateway.stranger().post('/api/metrics/track', { headers: json, body });
    expect(gateway.logged()).not.toContain('very-secret-token');
  });

  it('given a body that never ends, then the answer does not wait for it', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const endless = request(new URL('/api/metrics/track', gateway.origin), { method: 'POST' });
      endless.on('response', ({ statusCode }) => {
        resolve(statusCode);
        endless.destroy();
      });
      endless.on('error', reject);
      endless.write('{');
    });
    expect(status).toBe(202);
  });
});
