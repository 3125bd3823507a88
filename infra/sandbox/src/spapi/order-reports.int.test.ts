import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startRig, US_ID, type Rig } from '../testing/rig.js';
import { report } from '../testing/shapes.js';

const CREATED = 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL';
const CHANGED = 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL';
const BASE = '/reports/2021-06-30';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig[Symbol.asyncDispose]());

async function made(reportType: string, from: string, to: string) {
  const body = { reportType, marketplaceIds: [US_ID], dataStartTime: from, dataEndTime: to };
  const asked = await rig.call(`${BASE}/reports`, { method: 'POST', body });
  const { reportId } = z.object({ reportId: z.string() }).parse(asked.json);
  rig.advance(60_000);
  return report.parse((await rig.call(`${BASE}/reports/${reportId}`)).json);
}

async function rowsOf(reportType: string, from: string, to: string) {
  const { reportDocumentId = '' } = await made(reportType, from, to);
  const found = await rig.call(`${BASE}/documents/${reportDocumentId}`);
  const { url } = z.object({ url: z.url() }).parse(found.json);
  const response = await fetch(url);
  expect(response.headers.get('content-type')).toContain('ISO-8859-1');
  const text = new TextDecoder('latin1').decode(
    gunzipSync(Buffer.from(await response.arrayBuffer())),
  );
  const [header = [], ...lines] = text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split('\t'));
  return lines.map((line) => Object.fromEntries(header.map((name, at) => [name, line[at] ?? ''])));
}

const pageSchema = z.object({
  orders: z.array(
    z.object({
      orderId: z.string(),
      orderItems: z.array(
        z.object({
          product: z.object({ sellerSku: z.string() }),
        }),
      ),
    }),
  ),
  pagination: z.object({ nextToken: z.string() }).optional(),
});

async function ordersByApi(bounds: string) {
  const path = `/orders/2026-01-01/orders?marketplaceIds=${US_ID}&${bounds}`;
  const orders = [];
  for (let next: string | undefined = ''; next !== undefined;) {
    const token = next === '' ? '' : `&paginationToken=${next}`;
    const page = pageSchema.parse((await rig.call(path + token)).json);
    orders.push(...page.orders);
    next = page.pagination?.nextToken;
  }
  return orders;
}

describe('the reports of all orders', () => {
  test.each([
    [CREATED, 'created'],
    [CHANGED, 'lastUpdated'],
  ])('given %s, then a row for each line of the orders that the API has', async (type, family) => {
    const [from, to] = ['2026-02-10T00:00:00Z', '2026-03-09T00:00:00Z'];
    const rows = await rowsOf(type, from, to);
    const last = '2026-03-08T23:59:59Z';
    const orders = await ordersByApi(`${family}After=${from}&${family}Before=${last}`);
    const lines = orders.flatMap(({ orderId, orderItems }) =>
      orderItems.map(({ product }) => `${orderId} ${product.sellerSku}`),
    );
    expect(lines.length).toBeGreaterThan(50);
    expect(rows.map((row) => `${row['amazon-order-id']} ${row['sku']}`).sort()).toEqual(
      lines.sort(),
    );
    expect('cpf' in (rows[0] ?? {})).toBe(type === CREATED);
    const cancelled = rows.filter((row) => row['item-status'] === 'Cancelled');
    expect(new Set(cancelled.map((row) => `${row['quantity']} ${row['item-price']}`))).toEqual(
      new Set(['0 ']),
    );
  });

  test('given more than 30 days, then no report that could be taken for a whole one', async () => {
    const { processingStatus } = await made(
      CREATED,
      '2026-01-01T00:00:00Z',
      '2026-03-01T00:00:00Z',
    );
    expect(processingStatus).toBe('FATAL');
  });
});
