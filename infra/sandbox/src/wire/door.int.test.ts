import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CA_SELLER, refusal, startRig, US_ID, type Rig } from '../testing/rig.js';

const SELLERS = '/sellers/v1/marketplaceParticipations';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ SPAPI_RATE_SCALE: 1, SANDBOX_ORDERS: 100 });
});
afterAll(() => rig[Symbol.asyncDispose]());

describe('given a call without what Amazon asks of every call', () => {
  test('then a missing, a broken and an expired token are told apart', async () => {
    expect(refusal(await rig.call(SELLERS, { token: null }))).toEqual({
      status: 403,
      code: 'Unauthorized',
      details: 'Access token is missing in the request header.',
    });
    expect(refusal(await rig.call(SELLERS, { token: 'Atza|broken.x' })).details).toBe(
      'The access token you provided is revoked, malformed or invalid.',
    );
    const token = await rig.accessToken(CA_SELLER);
    rig.advance(3_600_000);
    const expired = await rig.call(SELLERS, { token });
    expect(refusal(expired).details).toBe('The access token you provided has expired.');
    expect(expired.headers.get('x-amzn-RateLimit-Limit')).toBeNull();
    expect(expired.headers.get('x-amzn-RequestId')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('then a user agent without a language is refused', async () => {
    const token = await rig.accessToken(CA_SELLER);
    expect(refusal(await rig.call(SELLERS, { token, agent: 'curl/8' }))).toMatchObject({
      status: 400,
      code: 'InvalidInput',
    });
  });

  test('then an unknown path and broken JSON are refused in the same shape', async () => {
    const unknown = await rig.call('/orders/v9/orders');
    expect(refusal(unknown)).toMatchObject({ status: 404, code: 'NotFound' });
    expect(unknown.headers.get('x-amzn-RequestId')).not.toBeNull();
    const headers = { 'content-type': 'application/json' };
    const url = `${rig.origin}/reports/2021-06-30/reports`;
    const broken = await fetch(url, { method: 'POST', headers, body: '{' });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ errors: [{ code: 'InvalidInput' }] });
  });
});

describe("given Amazon's published rates", () => {
  test('when the burst is used up, then 429 without a limit header, until the bucket has a token again', async () => {
    const token = await rig.accessToken(CA_SELLER);
    for (let n = 0; n < 15; n += 1) {
      const reply = await rig.call(SELLERS, { token });
      expect(reply.status).toBe(200);
      expect(reply.headers.get('x-amzn-RateLimit-Limit')).toBe('0.016');
    }
    const refused = await rig.call(SELLERS, { token });
    expect(refusal(refused)).toEqual({ status: 429, code: 'QuotaExceeded', details: '' });
    expect(refused.headers.get('x-amzn-RateLimit-Limit')).toBeNull();
    expect(refused.headers.get('x-amzn-RequestId')).not.toBeNull();
    rig.advance(62_500);
    expect((await rig.call(SELLERS, { token })).status).toBe(200);
    expect((await rig.call(SELLERS, { token })).status).toBe(429);
  });

  test('then buckets are per seller and operation, an invalid request costs a token and tells the limit', async () => {
    const other = await rig.accessToken('A9OTHERSELLER');
    expect((await rig.call(SELLERS, { token: other })).status).toBe(200);
    const token = await rig.accessToken(CA_SELLER);
    const path = '/fba/inventory/v1/summaries';
    for (let n = 0; n < 2; n += 1) {
      const invalid = await rig.call(path, { token });
      expect(refusal(invalid)).toMatchObject({ status: 400, code: 'InvalidInput' });
      expect(invalid.headers.get('x-amzn-RateLimit-Limit')).toBe('2');
    }
    expect((await rig.call(path, { token })).status).toBe(429);
  });

  test('when they are scaled, then the header tells the scaled rate', async () => {
    await using fast = await startRig({ SPAPI_RATE_SCALE: 60, SANDBOX_ORDERS: 0 });
    const path = `/orders/2026-01-01/orders?createdAfter=2026-03-01&marketplaceIds=${US_ID}`;
    const reply = await fast.call(path);
    expect(reply.headers.get('x-amzn-RateLimit-Limit')).toBe('0.336');
  });
});

describe('given failures that a test has ordered', () => {
  const order = (fault: object) =>
    rig.call('/sandbox/faults', { method: 'POST', body: { operation: 'searchOrders', ...fault } });
  const search = () => rig.call('/orders/2026-01-01/orders?createdAfter=2026-03-01');

  test('then they happen as often as ordered, then no more', async () => {
    await order({ status: 503, times: 2 });
    expect(refusal(await search()).code).toBe('ServiceUnavailable');
    expect((await search()).status).toBe(503);
    expect((await search()).status).toBe(200);
    await order({ mode: 'reset' });
    await expect(search()).rejects.toThrow();
    expect((await search()).status).toBe(200);
  });

  test('then they can be of one seller only, and taken back', async () => {
    await order({ status: 500, sellerId: CA_SELLER });
    expect((await search()).status).toBe(200);
    await order({ status: 500, times: 9 });
    await rig.call('/sandbox/faults', { method: 'DELETE' });
    expect((await search()).status).toBe(200);
  });

  test('then a timeout answers nothing, and does not hold a shutdown up', async () => {
    await using other = await startRig({ SANDBOX_ORDERS: 0 });
    const fault = { operation: 'searchOrders', mode: 'timeout' };
    await other.call('/sandbox/faults', { method: 'POST', body: fault });
    const path = '/orders/2026-01-01/orders?createdAfter=2026-03-01';
    const hanging = other.call(path).catch(() => 'cut off');
    await vi.waitFor(async () => {
      expect((await other.call('/sandbox/calls')).text).toContain('searchOrders');
    });
    await other.restart();
    expect(await hanging).toBe('cut off');
  });

  test('when an order makes no sense, then it is refused', async () => {
    expect((await order({})).status).toBe(400);
    expect((await order({ mode: 'fatal' })).status).toBe(400);
    expect((await order({ operation: 'nothing', status: 500 })).status).toBe(400);
  });

  test('then calls and refusals for the rate are counted', async () => {
    const { json } = await rig.call('/sandbox/calls');
    expect(json).toMatchObject({
      calls: expect.arrayContaining([
        { operation: 'getMarketplaceParticipations', sellerId: CA_SELLER, calls: 18, throttled: 2 },
      ]) as unknown,
    });
  });
});
