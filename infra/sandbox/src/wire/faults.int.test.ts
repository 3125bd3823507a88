import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { refusal, startRig, US_ID, type Rig } from '../testing/rig.js';
import { ordersPage, report, transactionsPage } from '../testing/shapes.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.call('/sandbox/faults', { method: 'DELETE' }));
afterAll(() => rig[Symbol.asyncDispose]());

const order = async (fault: object) => {
  const reply = await rig.call('/sandbox/faults', { method: 'POST', body: fault });
  expect(reply.status).toBe(204);
};

const ORDERS = '/orders/2026-01-01/orders?createdAfter=2026-01-01&maxResultsPerPage=10';
const page = async (token?: string) => {
  const next = token === undefined ? '' : `&paginationToken=${encodeURIComponent(token)}`;
  const reply = await rig.call(`${ORDERS}${next}`);
  expect(reply.status).toBe(200);
  const { orders, pagination } = ordersPage.parse(reply.json);
  return { ids: orders.map(({ orderId }) => orderId), next: pagination?.nextToken };
};

describe('given a page that is not what it should be', () => {
  test('when it is repeated, then the page before comes again with the same token, then the right one', async () => {
    const first = await page();
    await order({ operation: 'searchOrders', mode: 'repeated_page' });
    expect(await page(first.next)).toEqual(first);
    const second = await page(first.next);
    expect(second.ids).toHaveLength(10);
    expect(second.ids.filter((id) => first.ids.includes(id))).toEqual([]);
  });

  test('when it is missing once, then an empty page leads to it by another token', async () => {
    const first = await page();
    const second = await page(first.next);
    await order({ operation: 'searchOrders', mode: 'empty_page' });
    const empty = await page(first.next);
    expect(empty.ids).toEqual([]);
    expect(empty.next).not.toBe(first.next);
    expect((await page(empty.next)).ids).toEqual(second.ids);
  });

  test('when it is missing in a list inside a payload, then the rest of the payload stays', async () => {
    const path = '/finances/2024-06-19/transactions?postedAfter=2025-12-01';
    const first = transactionsPage.parse((await rig.call(path)).json).payload;
    await order({ operation: 'listTransactions', mode: 'empty_page' });
    const next = encodeURIComponent(first.nextToken ?? '');
    const empty = transactionsPage.parse(
      (await rig.call(`${path}&nextToken=${next}`)).json,
    ).payload;
    expect(empty.transactions).toEqual([]);
    expect(empty.nextToken).toBeDefined();
  });

  test('when its token expires early, then it is refused as Amazon does, and the chain can start again', async () => {
    const first = await page();
    await order({ operation: 'searchOrders', mode: 'expired_page' });
    const reply = await rig.call(
      `${ORDERS}&paginationToken=${encodeURIComponent(first.next ?? '')}`,
    );
    expect(refusal(reply)).toMatchObject({ status: 400, code: 'InvalidInput' });
    expect(await page()).toMatchObject({ ids: first.ids });
  });
});

describe('given an answer that does not arrive whole', () => {
  test('when the connection breaks in the middle, then no body is complete', async () => {
    await order({ operation: 'searchOrders', mode: 'reset_body' });
    await expect(page()).rejects.toThrow();
    expect((await page()).ids).toHaveLength(10);
  });

  test('when it drips, then it is the same in the end', async () => {
    const path = `/orders/2026-01-01/orders?createdAfter=2026-03-01&createdBefore=2026-03-08`;
    const whole = await rig.call(path);
    await order({ operation: 'searchOrders', mode: 'slow_body', seconds: 0.2 });
    const dripped = await rig.call(path);
    expect(dripped.text).toBe(whole.text);
    expect(dripped.headers.get('content-length')).toBeNull();
  });
});

describe('given a document that does not arrive whole', () => {
  const REPORTS = '/reports/2021-06-30';
  const idSchema = z.object({ reportId: z.string() });
  const linkSchema = z.object({ url: z.string() });

  async function link(): Promise<string> {
    const body = {
      reportType: 'GET_LEDGER_DETAIL_VIEW_DATA',
      marketplaceIds: [US_ID],
      dataStartTime: '2026-02-01T00:00:00Z',
      dataEndTime: '2026-03-01T00:00:00Z',
    };
    const asked = await rig.call(`${REPORTS}/reports`, { method: 'POST', body });
    const { reportId } = idSchema.parse(asked.json);
    rig.advance(60_000);
    const done = report.parse((await rig.call(`${REPORTS}/reports/${reportId}`)).json);
    const reply = await rig.call(`${REPORTS}/documents/${done.reportDocumentId ?? ''}`);
    return linkSchema.parse(reply.json).url;
  }
  const bytes = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

  test('when its gzip is truncated, then it ends like a whole one, and cannot be unpacked', async () => {
    const url = await link();
    const whole = await bytes(url);
    await order({ operation: 'document', mode: 'truncated' });
    const half = await bytes(url);
    expect(half.length).toBeLessThan(whole.length);
    expect(half.equals(whole.subarray(0, half.length))).toBe(true);
    expect(() => gunzipSync(half)).toThrow('unexpected end of file');
    expect(await bytes(url)).toEqual(whole);
  });

  test('when the connection breaks or drips, then the one fails and the other does not', async () => {
    const url = await link();
    await order({ operation: 'document', mode: 'reset_body' });
    await expect(bytes(url)).rejects.toThrow();
    await order({ operation: 'document', mode: 'slow_body', seconds: 0.2 });
    expect(gunzipSync(await bytes(url)).length).toBeGreaterThan(1_000);
  });
});

describe('given a storm', () => {
  /** The next page, or the status that came in its place. */
  async function tryPage(token: string | undefined) {
    const next = token === undefined ? '' : `&paginationToken=${encodeURIComponent(token)}`;
    const reply = await rig.call(`${ORDERS}${next}`).catch(() => ({ status: 0, json: null }));
    return { status: reply.status, page: ordersPage.safeParse(reply.json).data };
  }

  /** Reads the chain to its end: again where nothing came, from the start where its token was refused. */
  async function readAll(turns = 2_000) {
    const ids = new Set<string>();
    const statuses = new Set<number>();
    let token: string | undefined;
    for (let turn = 0; turn < turns; turn += 1) {
      const { status, page: got } = await tryPage(token);
      statuses.add(status);
      for (const { orderId } of got?.orders ?? []) ids.add(orderId);
      if (status === 400) token = undefined;
      if (!got) continue;
      token = got.pagination?.nextToken;
      if (token === undefined) break;
    }
    return { ids, statuses };
  }

  test('then calls fail in many ways, and who asks again gets every order', async () => {
    const calm = await readAll();
    expect([...calm.statuses]).toEqual([200]);
    await order({ profile: 'storm', seed: 11, share: 0.4 });
    const stormy = await readAll();
    expect(stormy.ids).toEqual(calm.ids);
    expect([...stormy.statuses].sort((a, b) => a - b)).toEqual([0, 200, 400, 429, 500, 503]);
  });
});
