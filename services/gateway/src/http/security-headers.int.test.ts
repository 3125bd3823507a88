import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest({ TRUST_PROXY: 'loopback' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe('an answer that is data', () => {
  it.each(['/api/sync/history', '/api/nothing', '/api/services/status'])(
    'given %s, then nothing in it is run, framed or embedded elsewhere',
    async (path) => {
      const { headers } = await (await gateway.newUser()).get(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      );
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-site');
      expect(headers.has('x-powered-by')).toBe(false);
    },
  );

  it('given a page, then its own policy and no second one', async () => {
    for (const path of ['/', '/docs']) {
      const policy = (await gateway.stranger().get(path)).headers.get('content-security-policy');
      expect(policy).toContain("script-src 'self'");
      expect(policy?.match(/default-src/g)).toHaveLength(1);
    }
  });

  it.each([
    ['https', 'max-age=31536000'],
    ['http', null],
  ])(
    'given that it came over %s, then Strict-Transport-Security is %s',
    async (scheme, expected) => {
      const { headers } = await gateway.stranger().ask('/api/services/status', {
        headers: { 'x-forwarded-proto': scheme },
      });
      expect(headers.get('strict-transport-security')).toBe(expected);
    },
  );
});
