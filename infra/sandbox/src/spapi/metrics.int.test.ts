import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal, startRig, US_ID, type Rig } from '../testing/rig.js';
import { metricsPayload, ordersPage } from '../testing/shapes.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig[Symbol.asyncDispose]());

const pathOf = (query: Record<string, string>) =>
  `/sales/v1/orderMetrics?${new URLSearchParams({ marketplaceIds: US_ID, ...query }).toString()}`;
const read = async (query: Record<string, string>) =>
  metricsPayload.parse((await rig.call(pathOf(query))).json).payload;
const YEAR = '2025-03-10T00:00:00Z--2026-03-10T00:00:00Z';
const count = (payload: Awaited<ReturnType<typeof read>>) =>
  payload.reduce((sum, { orderCount }) => sum + orderCount, 0);

describe('given a year of orders', () => {
  test('then the total is exactly all of them, however it is cut', async () => {
    const zone = { interval: YEAR, granularityTimeZone: 'UTC' };
    const [total, ...more] = await read({ ...zone, granularity: 'Total' });
    expect(more).toEqual([]);
    expect(total?.orderCount).toBe(2_500);
    for (const [granularity, buckets] of [
      ['Day', 365],
      ['Week', 53],
      ['Month', 13],
      ['Year', 2],
    ] as const) {
      const parts = await read({ ...zone, granularity });
      expect(parts).toHaveLength(buckets);
      expect(count(parts)).toBe(2_500);
      const cents = parts.reduce(
        (sum, part) => sum + Math.round(Number(part.totalSales.amount) * 100),
        0,
      );
      expect(cents).toBe(Math.round(Number(total?.totalSales.amount) * 100));
    }
  });

  test('then a day has the orders that a search for it finds', async () => {
    const interval = '2026-02-03T00:00:00-08:00--2026-02-04T00:00:00-08:00';
    const pacific = { interval, granularityTimeZone: 'America/Los_Angeles' };
    const [day] = await read({ ...pacific, granularity: 'Day' });
    expect(day?.interval).toBe('2026-02-03T00:00-08:00--2026-02-04T00:00-08:00');
    const window = 'createdAfter=2026-02-03T08:00:00Z&createdBefore=2026-02-04T07:59:59Z';
    const found = ordersPage.parse((await rig.call(`/orders/2026-01-01/orders?${window}`)).json);
    expect(day?.orderCount).toBe(found.orders.length);
    expect(day?.orderCount).toBeGreaterThan(0);
  });

  test('then a window that cuts an hour counts order by order, and parts make the whole', async () => {
    const cuts = ['2026-02-03T00:00:00Z', '2026-02-03T10:17:23Z', '2026-02-05T00:00:00Z'];
    const total = (from = '', to = '') =>
      read({ interval: `${from}--${to}`, granularity: 'Total', granularityTimeZone: 'UTC' });
    const parts = [await total(cuts[0], cuts[1]), await total(cuts[1], cuts[2])];
    expect(count(parts.flat())).toBe(count(await total(cuts[0], cuts[2])));
  });

  test('then filters split the whole', async () => {
    const total = { interval: YEAR, granularity: 'Total', granularityTimeZone: 'UTC' };
    const sum = async (name: string, values: string[]) => {
      const parts = await Promise.all(values.map((value) => read({ ...total, [name]: value })));
      return count(parts.flat());
    };
    expect(await sum('buyerType', ['B2B', 'B2C'])).toBe(2_500);
    expect(await sum('fulfillmentNetwork', ['AFN', 'MFN'])).toBe(2_500);
    expect(await sum('sku', ['none'])).toBe(0);
  });

  test.each([
    ['no zone for days', { interval: YEAR, granularity: 'Day' }],
    [
      'a zone that does not match',
      { interval: YEAR, granularity: 'Day', granularityTimeZone: 'US/Pacific' },
    ],
    ['a zone that is none', { interval: YEAR, granularity: 'Day', granularityTimeZone: 'Mars' }],
    ['hours of last year', { interval: YEAR, granularity: 'Hour' }],
    [
      'more than two years',
      {
        interval: '2023-01-01T00:00:00Z--2026-01-01T00:00:00Z',
        granularity: 'Total',
        granularityTimeZone: 'UTC',
      },
    ],
    ['no offset', { interval: '2026-01-01T00:00:00--2026-01-02T00:00:00', granularity: 'Hour' }],
    [
      'an end before its start',
      { interval: '2026-03-02T00:00:00Z--2026-03-01T00:00:00Z', granularity: 'Hour' },
    ],
    ['an unknown granularity', { interval: YEAR, granularity: 'Decade' }],
  ])('when the request has %s, then it is refused as invalid', async (_, query) => {
    expect(refusal(await rig.call(pathOf(query)))).toMatchObject({
      status: 400,
      code: 'InvalidInput',
    });
  });
});
