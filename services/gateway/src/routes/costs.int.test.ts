import { streams } from '@recoup/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const row = (sku: string, unit_cost: unknown, effective_from = '2026-01-01') => ({
  ...{ sku, unit_cost, currency: 'USD', effective_from },
});

function put(user: User, body: unknown, type = 'application/json') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return user.ask('/api/costs', {
    ...{ method: 'PUT', body: text },
    headers: { 'content-type': type },
  });
}

const costs = async (user: User): Promise<unknown> =>
  JSON.parse((await user.get('/api/costs')).text);

describe('costs', () => {
  it('given JSON and CSV, then rows are kept beside those that were there, and removed where they say so', async () => {
    const user = await gateway.newUser();
    const first = await put(user, [row('B', 2), row('A', '1.20')]);
    expect(first).toMatchObject({ status: 200, body: { changed: 2, count: 2 } });
    const csv =
      'SKU,unit_cost,currency,effective_from\r\nA,1.50,USD,2026-06-01\r\n"B",,USD,2026-01-01\r\n';
    const second = await put(user, csv, 'text/csv');
    expect(second).toMatchObject({ status: 200, body: { changed: 2, count: 2 } });
    expect(await costs(user)).toEqual([row('A', 1.2), row('A', 1.5, '2026-06-01')]);
    expect(await costs(await gateway.newUser())).toEqual([]);
  });

  it('given the same again, then nothing is written', async () => {
    const user = await gateway.newUser();
    await put(user, [row('A', '1.20')]);
    expect((await put(user, [row('A', '1.20')])).body).toEqual({ changed: 0, count: 1 });
    const events = await gateway.store.readStream(user.tenantId, streams.settings(user.tenantId));
    expect(events).toHaveLength(1);
  });

  it('given bad rows, then each is named and nothing is kept', async () => {
    const user = await gateway.newUser();
    const bad = [
      row('A', 1),
      row('B', 'four'),
      row('', 1),
      { ...row('C', 1), currency: 'dollar' },
      row('D', 1, '2026-02-30'),
      row('A', 2),
      row('E', '1.005'),
      row('F', 0),
      'text',
    ];
    const { status, body } = await put(user, bad);
    expect({ status, code: body['code'] }).toEqual({ status: 422, code: 'bad_rows' });
    const rows = body['rows'] as string[];
    expect(rows.map((text) => text.split(':')[0])).toEqual(
      [2, 3, 4, 5, 6, 7, 8, 9].map((n) => `row ${n}`),
    );
    expect(rows[4]).toContain('as row 1');
    expect(rows[5]).toContain('decimals');
    expect(await costs(user)).toEqual([]);
  });

  it('given ten thousand rows, then all are kept, in events that the bus carries', async () => {
    const user = await gateway.newUser();
    const many = Array.from({ length: 10_000 }, (_, n) => `SKU-${n},1.25,USD,2026-01-01`);
    const csv = ['sku,unit_cost,currency,effective_from', ...many].join('\n');
    expect((await put(user, csv, 'text/csv')).body).toEqual({ changed: 10_000, count: 10_000 });
  });

  it.each([
    ['a broken CSV', 'sku\n"A', 'text/csv', 400],
    ['another type', 'a', 'text/plain', 415],
    ['an object', '{}', 'application/json', 400],
  ])('given %s, then it is refused', async (...[, body, type, status]) => {
    expect((await put(await gateway.newUser(), body, type)).status).toBe(status);
  });
});

describe('a loss that a person tells of', () => {
  const tell = (user: User, body: object) =>
    user.post('/api/recoveries', {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  const wrongItem = {
    ...{ subtype: 'return_wrong_item', orderId: '113-1', sku: 'A', quantity: 1 },
  };

  it('given an order and a SKU, then it stands in the log, and a second word about it is the same one', async () => {
    const user = await gateway.connectedUser();
    const first = await tell(user, wrongItem);
    expect(first.status).toBe(200);
    const second = await tell(user, { ...wrongItem, quantity: 2 });
    expect(second.body['assertion_id']).toBe(first.body['assertion_id']);
    const streamId = streams.assertions(user.tenantId);
    const events = await gateway.store.readStream(user.tenantId, streamId);
    expect(events.map(({ data }) => data)).toMatchObject([
      { ...wrongItem, removalOrderId: null, note: null },
      { quantity: 2 },
    ]);
  });

  it('given no order, no connection or another kind, then it is refused', async () => {
    const user = await gateway.connectedUser();
    expect(await tell(user, { ...wrongItem, subtype: 'removal_damaged' })).toMatchObject({
      status: 422,
      body: { code: 'order_missing', missing: ['removalOrderId'] },
    });
    expect((await tell(user, { ...wrongItem, subtype: 'lost_warehouse' })).status).toBe(400);
    expect((await tell(await gateway.newUser(), wrongItem)).body['code']).toBe(
      'amazon_not_connected',
    );
  });
});
