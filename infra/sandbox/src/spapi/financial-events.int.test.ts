import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { refusal, startRig, type Rig } from '../testing/rig.js';
import { transactionsPage } from '../testing/shapes.js';
import { EVENT_LISTS } from './financial-event-lists.js';

const PATH = '/finances/v0/financialEvents';
const QUARTER = ['2025-12-01', '2026-02-28'] as const;

const currency = z.object({ CurrencyCode: z.string(), CurrencyAmount: z.number() });
const event = z.looseObject({
  PostedDate: z.iso.datetime().optional(),
  AmazonOrderId: z.string().optional(),
  AdjustmentType: z.string().optional(),
  AdjustmentAmount: currency.optional(),
  FeeReason: z.string().optional(),
});
const page = z.object({
  payload: z.object({
    FinancialEvents: z.record(z.string(), z.array(event)),
    NextToken: z.string().optional(),
  }),
});

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig[Symbol.asyncDispose]());

async function eventsOf(on: Rig, from: string, to: string) {
  const all: { list: string; event: z.infer<typeof event> }[] = [];
  let token = '';
  do {
    const query = `PostedAfter=${from}&PostedBefore=${to}${token}`;
    const { payload } = page.parse((await on.call(`${PATH}?${query}`)).json);
    for (const [list, events] of Object.entries(payload.FinancialEvents)) {
      all.push(...events.map((one) => ({ list, event: one })));
    }
    token = payload.NextToken === undefined ? '' : `&NextToken=${payload.NextToken}`;
  } while (token !== '');
  return all;
}

async function releasedOf(on: Rig, from: string, to: string) {
  const all = [];
  let token = '';
  do {
    const query = `postedAfter=${from}&postedBefore=${to}&transactionStatus=RELEASED${token}`;
    const reply = await on.call(`/finances/2024-06-19/transactions?${query}`);
    const { payload } = transactionsPage.parse(reply.json);
    all.push(...payload.transactions);
    token = payload.nextToken === undefined ? '' : `&nextToken=${payload.nextToken}`;
  } while (token !== '');
  return all;
}

describe('given a quarter of financial events', () => {
  test('then they are the transactions that are released, each kind in its list', async () => {
    const events = await eventsOf(rig, ...QUARTER);
    const released = await releasedOf(rig, ...QUARTER);
    const counts = (names: readonly string[]) =>
      Object.fromEntries(
        [...new Set(names)]
          .sort()
          .map((name) => [name, names.filter((one) => one === name).length]),
      );
    const ofEvents = counts(events.map(({ list }) => list.replace('EventList', '')));
    const ofTransactions = counts(
      released.map(({ transactionType: type }) =>
        type === 'FBAInventoryReimbursement' ? 'Adjustment' : type,
      ),
    );
    expect(ofEvents).toEqual(ofTransactions);
    for (const kind of [
      'Shipment',
      'Refund',
      'GuaranteeClaim',
      'Chargeback',
      'Adjustment',
      'ServiceFee',
    ]) {
      expect(ofEvents[kind]).toBeGreaterThan(0);
    }
  });

  test('then every list is there, and a service fee has no date', async () => {
    const reply = await rig.call(`${PATH}?PostedAfter=2025-12-01&PostedBefore=2025-12-02`);
    const { FinancialEvents: lists } = page.parse(reply.json).payload;
    expect(Object.keys(lists)).toEqual([...EVENT_LISTS]);
    const events = await eventsOf(rig, ...QUARTER);
    const dated = events.filter(({ event: one }) => one.PostedDate !== undefined);
    expect(
      events
        .filter((one) => !dated.includes(one))
        .every(({ list }) => list === 'ServiceFeeEventList'),
    ).toBe(true);
    expect(dated.every(({ list }) => list !== 'ServiceFeeEventList')).toBe(true);
  });

  test('then money that is held is shown when it is released', async () => {
    const query = 'postedAfter=2026-02-20&transactionStatus=DEFERRED';
    const reply = await rig.call(`/finances/2024-06-19/transactions?${query}`);
    const [held] = transactionsPage.parse(reply.json).payload.transactions;
    const orderId = held?.relatedIdentifiers.find(
      ({ relatedIdentifierName: name }) => name === 'ORDER_ID',
    )?.relatedIdentifierValue;
    expect(orderId).toBeDefined();
    const shown = await eventsOf(rig, '2026-02-20', '2026-03-09');
    expect(shown.map(({ event: one }) => one.AmazonOrderId)).not.toContain(orderId);
  });

  test('when a window is longer than 180 days, then it is empty and no error', async () => {
    const reply = await rig.call(`${PATH}?PostedAfter=2025-08-01`);
    const { FinancialEvents: lists } = page.parse(reply.json).payload;
    expect(Object.values(lists).flat()).toEqual([]);
  });
});

describe('given a request that breaks a rule', () => {
  test.each([
    ['no start', ''],
    ['a start less than two minutes ago', 'PostedAfter=2026-03-10T07:59:30Z'],
    ['an end before its start', 'PostedAfter=2026-03-01&PostedBefore=2026-02-01'],
    ['more than a hundred on a page', 'PostedAfter=2026-03-01&MaxResultsPerPage=101'],
  ])('when it has %s, then it is refused as invalid', async (_, query) => {
    expect(refusal(await rig.call(`${PATH}?${query}`))).toMatchObject({
      status: 400,
      code: 'InvalidInput',
    });
  });

  test('when its answer would be too long, then it is refused, and a shorter window is not', async () => {
    await using small = await startRig({ SANDBOX_FINANCES_BYTES: 30_000 });
    const ask = (to: string) => small.call(`${PATH}?PostedAfter=2025-12-01&PostedBefore=${to}`);
    expect(refusal(await ask('2025-12-31'))).toMatchObject({ status: 400, code: 'InvalidInput' });
    expect((await ask('2025-12-02')).status).toBe(200);
  });

  test('when its page token is older than three minutes, then it is refused', async () => {
    const query = 'PostedAfter=2025-10-01';
    const first = page.parse((await rig.call(`${PATH}?${query}`)).json).payload;
    const next = () => rig.call(`${PATH}?${query}&NextToken=${first.NextToken ?? ''}`);
    expect((await next()).status).toBe(200);
    rig.advance(180_001);
    expect((await next()).status).toBe(400);
  });
});
