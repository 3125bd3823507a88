import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CA_ID, CA_SELLER, refusal, startRig, US_ID, type Rig } from '../testing/rig.js';
import { ordersPage } from '../testing/shapes.js';

const PATH = '/orders/2026-01-01/orders';
const YEAR = 'createdAfter=2025-03-10T00:00:00Z';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig[Symbol.asyncDispose]());

async function pagesOf(query: string, token?: string) {
  const pages: z.infer<typeof ordersPage>[] = [];
  let next: string | undefined;
  do {
    const page: string = next === undefined ? '' : `&paginationToken=${next}`;
    const reply = await rig.call(`${PATH}?${query}${page}`, token === undefined ? {} : { token });
    pages.push(ordersPage.parse(reply.json));
    next = pages.at(-1)?.pagination?.nextToken;
  } while (next !== undefined);
  return pages;
}

describe('given a year of orders', () => {
  test('when all pages are read by creation, then every order comes once, in order, on pages of 100', async () => {
    const pages = await pagesOf(
      `${YEAR}&marketplaceIds=${US_ID}&includedData=PROCEEDS,FULFILLMENT`,
    );
    expect(pages.map(({ orders }) => orders.length)).toEqual(Array.from({ length: 25 }, () => 100));
    const orders = pages.flatMap((page) => page.orders);
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(2_500);
    const times = orders.map(({ createdTime }) => createdTime);
    expect(times).toEqual([...times].sort());
    expect(new Set(orders.map((order) => order.fulfillment?.fulfillmentStatus)).size).toBe(4);
    expect(new Set(pages.map(({ createdBefore }) => createdBefore)).size).toBe(1);
  });

  test('when they are read by their last change, then the same orders come in that order', async () => {
    const created = await pagesOf(YEAR);
    const updated = await pagesOf('lastUpdatedAfter=2025-03-10T00:00:00Z&maxResultsPerPage=77');
    const ids = (pages: typeof created) =>
      pages.flatMap(({ orders }) => orders.map((one) => one.orderId));
    expect(ids(updated).sort()).toEqual(ids(created).sort());
    const times = updated.flatMap(({ orders }) => orders.map((one) => one.lastUpdatedTime));
    expect(times).toEqual([...times].sort());
    expect(updated[0]).not.toHaveProperty('createdBefore');
  });

  test('when disjoint windows are read, then they add up', async () => {
    const windows = [
      '2025-03-10T00:00:00Z',
      '2025-07-01T12:34:56Z',
      '2025-11-20T00:00:00Z',
      '2026-03-10T07:00:00Z',
    ];
    let sum = 0;
    for (const [at, from] of windows.slice(0, -1).entries()) {
      const to = new Date(Date.parse(windows[at + 1] ?? '') - 1).toISOString();
      const pages = await pagesOf(`createdAfter=${from}&createdBefore=${to}`);
      sum += pages.flatMap(({ orders }) => orders).length;
    }
    expect(sum).toBe(2_500);
  });

  test('when a seller has two marketplaces, then each has its own orders and currency', async () => {
    const token = await rig.accessToken(CA_SELLER);
    const read = async (id: string) => {
      const pages = await pagesOf(`${YEAR}&marketplaceIds=${id}&includedData=PROCEEDS`, token);
      return pages.flatMap(({ orders }) => orders);
    };
    const [us, canada] = [await read(US_ID), await read(CA_ID)];
    expect(us.length + canada.length).toBe(2_500);
    expect(canada.length).toBeGreaterThan(400);
    const currencies = canada.flatMap(({ orderItems }) =>
      orderItems.flatMap(({ proceeds }) => proceeds?.proceedsTotal.currencyCode ?? []),
    );
    expect(new Set(currencies)).toEqual(new Set(['CAD']));
  });

  test('when data sets are not asked for, then they do not come; pending orders have no price', async () => {
    const [page] = await pagesOf(`${YEAR}&fulfillmentStatuses=PENDING`);
    const orders = page?.orders ?? [];
    expect(orders.length).toBeGreaterThan(0);
    for (const order of orders) {
      expect(order).not.toHaveProperty('fulfillment');
      expect(order.orderItems[0]?.proceeds).toBeUndefined();
      expect(order.orderItems[0]?.product.price).toBeUndefined();
    }
  });
});

describe('given a request that breaks a rule', () => {
  test.each([
    ['no start', ''],
    ['both families', `${YEAR}&lastUpdatedAfter=2026-01-01`],
    ['an end of the other family', `${YEAR}&lastUpdatedBefore=2026-01-01`],
    ['an end less than two minutes ago', `${YEAR}&createdBefore=2026-03-10T08:00:00Z`],
    ['an end before its start', `${YEAR}&createdBefore=2024-01-01`],
    ['a date that is none', 'createdAfter=yesterday'],
    ['101 on a page', `${YEAR}&maxResultsPerPage=101`],
    ['a status that is none', `${YEAR}&fulfillmentStatuses=CANCELED`],
    ['an unknown parameter', `${YEAR}&MarketplaceIds=${US_ID}`],
    ['an unknown marketplace', `${YEAR}&marketplaceIds=NOWHERE`],
    ['a page token that is none', `${YEAR}&paginationToken=x`],
  ])('when it has %s, then it is refused as invalid', async (_, query) => {
    expect(refusal(await rig.call(`${PATH}?${query}`))).toMatchObject({
      status: 400,
      code: 'InvalidInput',
    });
  });

  test('when it asks for what the application may not see, then it is refused as unauthorized', async () => {
    for (const query of [`marketplaceIds=${CA_ID}`, 'includedData=TAX']) {
      const reply = await rig.call(`${PATH}?${YEAR}&${query}`);
      expect(refusal(reply)).toMatchObject({ status: 403, code: 'Unauthorized' });
    }
  });
});

describe('given a page token', () => {
  const first = async () => {
    const reply = await rig.call(`${PATH}?${YEAR}`);
    return ordersPage.parse(reply.json).pagination?.nextToken ?? '';
  };

  test('when it is sent with other parameters or by another seller, then it is refused', async () => {
    const next = await first();
    const other = await rig.call(`${PATH}?${YEAR}&marketplaceIds=${US_ID}&paginationToken=${next}`);
    expect(other.status).toBe(400);
    const token = await rig.accessToken(CA_SELLER);
    expect((await rig.call(`${PATH}?${YEAR}&paginationToken=${next}`, { token })).status).toBe(400);
    expect((await rig.call(`${PATH}?${YEAR}&paginationToken=${next}`)).status).toBe(200);
  });

  test('when the process restarts, then it still works, until a day has passed', async () => {
    const next = await first();
    await rig.restart();
    expect((await rig.call(`${PATH}?${YEAR}&paginationToken=${next}`)).status).toBe(200);
    rig.advance(86_400_001);
    const token = await rig.accessToken('A2HARBORPINE01');
    expect((await rig.call(`${PATH}?${YEAR}&paginationToken=${next}`, { token })).status).toBe(400);
  });
});

describe('given Orders v0', () => {
  const v0 = z.object({
    payload: z.object({
      Orders: z.array(
        z.object({
          AmazonOrderId: z.string(),
          PurchaseDate: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          LastUpdateDate: z.string(),
          OrderStatus: z.enum(['Pending', 'Unshipped', 'Shipped', 'Canceled']),
          OrderTotal: z.object({ CurrencyCode: z.string(), Amount: z.string() }).optional(),
        }),
      ),
      NextToken: z.string().optional(),
    }),
  });
  const items = z.object({
    payload: z.object({
      AmazonOrderId: z.string(),
      OrderItems: z
        .array(z.object({ ASIN: z.string(), OrderItemId: z.string(), QuantityOrdered: z.int() }))
        .min(1),
    }),
  });

  test('then it tells the same orders, and the items of each', async () => {
    const token = await rig.accessToken('A2HARBORPINE01');
    const query = `CreatedAfter=2026-03-01&CreatedBefore=2026-03-05&MarketplaceIds=${US_ID}`;
    const old = await rig.call(`/orders/v0/orders?${query}&MaxResultsPerPage=5`, { token });
    const { Orders, NextToken } = v0.parse(old.json).payload;
    const next = await rig.call(
      `/orders/v0/orders?${query}&MaxResultsPerPage=5&NextToken=${NextToken ?? ''}`,
      { token },
    );
    const ids = [...Orders, ...v0.parse(next.json).payload.Orders].map((one) => one.AmazonOrderId);
    const search = `createdAfter=2026-03-01&createdBefore=2026-03-05&maxResultsPerPage=10`;
    const fresh = ordersPage.parse((await rig.call(`${PATH}?${search}`, { token })).json);
    expect(ids).toEqual(fresh.orders.map(({ orderId }) => orderId));
    for (const order of fresh.orders) {
      const reply = await rig.call(`/orders/v0/orders/${order.orderId}/orderItems`, { token });
      expect(items.parse(reply.json).payload.OrderItems.map((one) => one.OrderItemId)).toEqual(
        order.orderItems.map((one) => one.orderItemId),
      );
    }
  });

  test('then it needs a marketplace, and knows no order that is not there', async () => {
    const token = await rig.accessToken('A2HARBORPINE01');
    expect((await rig.call('/orders/v0/orders?CreatedAfter=2026-03-01', { token })).status).toBe(
      400,
    );
    const path = '/orders/v0/orders/113-0000000-0000000/orderItems';
    expect(refusal(await rig.call(path, { token }))).toMatchObject({
      status: 404,
      code: 'NotFound',
    });
  });
});
