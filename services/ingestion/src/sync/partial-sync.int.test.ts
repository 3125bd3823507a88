import { createDatabase } from '@recoup/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  openIngestionUnderTest,
  type IngestionUnderTest,
} from '../testing/ingestion-under-test.js';
import { startSimulatedAmazon, type SimulatedAmazon } from '../testing/simulated-amazon.js';

let amazon: SimulatedAmazon;
let database: Awaited<ReturnType<typeof createDatabase>>;
let sut: IngestionUnderTest;

beforeAll(async () => {
  [amazon, database] = await Promise.all([
    startSimulatedAmazon({ orders: 2500, rateScale: 10_000 }),
    createDatabase(),
  ]);
  sut = openIngestionUnderTest(database.urlOf('recoup_ingestion_follow'), amazon);
});

afterEach(() => amazon.heal());

afterAll(async () => {
  await sut[Symbol.asyncDispose]();
  await Promise.all([amazon[Symbol.asyncDispose](), database.drop()]);
});

async function facts(tenantId: string, kind: string): Promise<number> {
  const { rows } = await sut.pool.query<{ facts: number }>(
    'select count(distinct key)::int facts from facts.fact where tenant_id = $1 and kind = $2',
    [tenantId, kind],
  );
  return rows[0]?.facts ?? 0;
}

async function endOf(tenantId: string, syncId: string) {
  return (await sut.events(tenantId, syncId)).at(-1);
}

describe('a source that stays broken', () => {
  it('given no claim needs it, then the sync completes without, says so, and the next one makes up for it', async () => {
    const sellerId = 'A0NOSTOCK001';
    const { tenantId, syncId } = await sut.connected(sellerId);
    await amazon.fault({ operation: 'getInventorySummaries', status: 403, times: 1000 });
    await sut.enqueue(tenantId, syncId);
    expect((await sut.work(tenantId, syncId)).status).toBe('complete');
    const truth = await amazon.truth(sellerId);
    const reason = 'Failed to fetch inventory items: Amazon refused access';
    expect(await endOf(tenantId, syncId)).toMatchObject({
      type: 'sync.completed',
      data: {
        counts: { orders: { processed: truth.orders }, ledger: { processed: truth.ledgerRows } },
        coverage: {
          orders: { state: 'complete' },
          inventory: { state: 'missing', from: null, to: null, reason },
        },
      },
    });

    await amazon.heal();
    const next = await sut.request(tenantId);
    await sut.enqueue(tenantId, next);
    expect((await sut.work(tenantId, next)).coverage.inventory).toMatchObject({
      state: 'complete',
    });
    expect(await facts(tenantId, 'inventory')).toBe(truth.inventoryRows);
  });
});

describe('a window that is too large', () => {
  it('given page tokens that run out again and again, then it is read in halves, and nothing is missing or twice', async () => {
    const sellerId = 'A0TOOLARGE01';
    const { tenantId, syncId } = await sut.connected(sellerId);
    // Two windows are read at a time, and each is tried three times before it is cut.
    await amazon.fault({ operation: 'listTransactions', mode: 'expired_page', times: 12 });
    await sut.enqueue(tenantId, syncId);
    expect((await sut.work(tenantId, syncId)).status).toBe('complete');
    const { transactions } = await amazon.truth(sellerId);
    expect(await endOf(tenantId, syncId)).toMatchObject({
      data: { counts: { transactions: { processed: transactions } } },
    });
    expect(await facts(tenantId, 'transaction')).toBe(transactions);

    const { rows } = await sut.pool.query<{ from_at: Date; to_at: Date; state: string }>(
      `select from_at, to_at, state from ingestion.sync_window
        where sync_id = $1 and resource = 'transactions' order by nth`,
      [syncId],
    );
    expect(rows.length).toBeGreaterThan(13);
    // Still newest first and without a hole: the halves came between their window and the next.
    rows.slice(1).forEach(({ to_at }, n) => expect(to_at).toEqual(rows[n]?.from_at));
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['closed']));
  });

  it('given page tokens that never work, then windows are cut until each is a page', async () => {
    const sellerId = 'A0TOOLARGE02';
    const { tenantId, syncId } = await sut.connected(sellerId);
    await amazon.fault({ operation: 'searchOrders', mode: 'expired_page', times: 100_000 });
    await sut.enqueue(tenantId, syncId);
    expect((await sut.work(tenantId, syncId)).status).toBe('complete');
    expect(await facts(tenantId, 'order')).toBe((await amazon.truth(sellerId)).orders);
  });

  it('given a snapshot, which cannot be cut, then it is said what could not be had', async () => {
    const { tenantId, syncId } = await sut.connected('A0TOOLARGE03');
    await amazon.fault({ operation: 'getInventorySummaries', mode: 'expired_page', times: 100 });
    await sut.enqueue(tenantId, syncId);
    expect((await sut.work(tenantId, syncId)).coverage.inventory).toMatchObject({
      state: 'missing',
      reason: 'Failed to fetch inventory items: Amazon could not give all of it in one go',
    });
  });
});
