import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { refusal, startRig, US_SELLER, type Rig } from '../testing/rig.js';
import { transactionsPage, truth } from '../testing/shapes.js';

const PATH = '/finances/2024-06-19/transactions';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig[Symbol.asyncDispose]());

type Page = z.infer<typeof transactionsPage>['payload'];
async function pagesOf(query: string): Promise<Page[]> {
  const pages: Page[] = [];
  let next: string | undefined;
  do {
    const page: string = next === undefined ? '' : `&nextToken=${next}`;
    pages.push(transactionsPage.parse((await rig.call(`${PATH}?${query}${page}`)).json).payload);
    next = pages.at(-1)?.nextToken;
  } while (next !== undefined);
  return pages;
}
const all = async (query: string) => (await pagesOf(query)).flatMap((page) => page.transactions);
const HALVES = [
  'postedAfter=2025-03-10&postedBefore=2025-09-01',
  'postedAfter=2025-09-01&postedBefore=2026-02-15',
  'postedAfter=2026-02-15',
];

describe('given a year of transactions', () => {
  test('when it is read in windows, then every transaction comes once and adds up', async () => {
    const windows = [];
    for (const window of HALVES) windows.push(...(await all(window)));
    const { counts } = truth.parse((await rig.call(`/sandbox/sellers/${US_SELLER}/truth`)).json);
    expect(windows).toHaveLength(counts['transactions'] ?? -1);
    expect(new Set(windows.map((one) => one.transactionId)).size).toBe(windows.length);
    const cents = (amount: { currencyAmount: number }) => Math.round(amount.currencyAmount * 100);
    for (const { totalAmount, breakdowns } of windows) {
      const sum = breakdowns.reduce((total, one) => total + cents(one.breakdownAmount), 0);
      expect(sum).toBe(cents(totalAmount));
    }
  });

  test('then a deferred transaction and its release name each other', async () => {
    const transactions = await all(HALVES[1] ?? '');
    const byId = new Map(transactions.map((one) => [one.transactionId, one]));
    const named = (id: string, name: string) =>
      byId.get(id)?.relatedIdentifiers.find((one) => one.relatedIdentifierName === name)
        ?.relatedIdentifierValue;
    const deferred = transactions.filter(
      ({ transactionStatus, postedDate }) =>
        transactionStatus === 'DEFERRED_RELEASED' && postedDate < '2026-02-01',
    );
    expect(deferred.length).toBeGreaterThan(20);
    for (const { transactionId } of deferred) {
      const release = named(transactionId, 'RELEASE_TRANSACTION_ID') ?? '';
      expect(byId.get(release)?.transactionStatus).toBe('RELEASED');
      expect(named(release, 'DEFERRED_TRANSACTION_ID')).toBe(transactionId);
    }
  });

  test('then a reimbursement says what it is only for the whole transaction', async () => {
    const paid = (await all(HALVES[1] ?? '')).filter(
      (one) => one.transactionType === 'FBAInventoryReimbursement',
    );
    expect(paid.length).toBeGreaterThan(10);
    for (const { items, breakdowns, description } of paid) {
      expect(description).toBe('FBAInventoryReimbursement');
      expect(items.map((item) => item.breakdowns)).toEqual([null]);
      expect(breakdowns).toHaveLength(1);
    }
  });

  test('when an order or an event group is named, then its transactions come, whatever the window', async () => {
    const [some] = await all('postedAfter=2026-01-10&postedBefore=2026-01-11');
    const value = (name: string) =>
      some?.relatedIdentifiers.find((one) => one.relatedIdentifierName === name)
        ?.relatedIdentifierValue ?? '';
    const related = (name: string) =>
      all(`relatedIdentifierName=${name}&relatedIdentifierValue=${value(name)}`);
    expect(await related('ORDER_ID')).toContainEqual(some);
    const group = await related('FINANCIAL_EVENT_GROUP_ID');
    expect(group).toContainEqual(some);
    expect(group.length).toBeGreaterThan(20);
  });

  test('when a window is longer than 180 days, then it is empty and no error', async () => {
    const reply = await rig.call(`${PATH}?postedAfter=2025-08-01`);
    expect(reply.status).toBe(200);
    expect(reply.json).toEqual({ payload: { transactions: [] } });
  });
});

describe('given a request that breaks a rule', () => {
  test.each([
    ['no start', ''],
    ['a start less than two minutes ago', 'postedAfter=2026-03-10T07:59:30Z'],
    ['an end before its start', 'postedAfter=2026-03-01&postedBefore=2026-02-01'],
    ['half a related identifier', 'relatedIdentifierName=ORDER_ID'],
    ['a page size, which there is not', 'postedAfter=2026-03-01&pageSize=10'],
  ])('when it has %s, then it is refused as invalid', async (_, query) => {
    expect(refusal(await rig.call(`${PATH}?${query}`))).toMatchObject({
      status: 400,
      code: 'InvalidInput',
    });
  });

  test('when its page token is older than five minutes, or of another request, then it is refused', async () => {
    const query = 'postedAfter=2025-10-01';
    const { nextToken } = transactionsPage.parse((await rig.call(`${PATH}?${query}`)).json).payload;
    const next = (start: string) => rig.call(`${PATH}?${start}&nextToken=${nextToken ?? ''}`);
    expect((await next(query)).status).toBe(200);
    expect((await next('postedAfter=2025-10-02')).status).toBe(400);
    rig.advance(300_001);
    expect((await next(query)).status).toBe(400);
  });
});
