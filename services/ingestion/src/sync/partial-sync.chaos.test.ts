import { describe, expect, it, vi } from 'vitest';
import { stageOfFile } from '../testing/stage.js';

/** Each test makes one or two whole syncs: on a busy machine that takes longer than the usual limit. */
vi.setConfig({ testTimeout: 120_000 });

const stage = stageOfFile({ orders: 2500, rateScale: 10_000 });

async function facts(tenantId: string, kind: string): Promise<number> {
  const { rows } = await stage.sut.pool.query<{ facts: number }>(
    'select count(distinct key)::int facts from facts.fact where tenant_id = $1 and kind = $2',
    [tenantId, kind],
  );
  return rows[0]?.facts ?? 0;
}

async function endOf(tenantId: string, syncId: string) {
  return (await stage.sut.events(tenantId, syncId)).at(-1);
}

describe('a source that stays broken', () => {
  it('given no claim needs it, then the sync completes without, says so, and the next one makes up for it', async () => {
    const sellerId = 'A0NOSTOCK001';
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    await stage.amazon.fault({ operation: 'getInventorySummaries', status: 403, times: 1000 });
    await stage.sut.enqueue(tenantId, syncId);
    expect((await stage.sut.work(tenantId, syncId)).status).toBe('complete');
    const truth = await stage.amazon.truth(sellerId);
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

    await stage.amazon.heal();
    const next = await stage.sut.request(tenantId);
    await stage.sut.enqueue(tenantId, next);
    expect((await stage.sut.work(tenantId, next)).coverage.inventory).toMatchObject({
      state: 'complete',
    });
    expect(await facts(tenantId, 'inventory')).toBe(truth.inventoryRows);
  });
});

describe('a window that is too large', () => {
  it('given page tokens that never work, then windows are cut until each is a page, and nothing is missing or twice', async () => {
    const sellerId = 'A0TOOLARGE01';
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    await stage.amazon.fault({ operation: 'searchOrders', mode: 'expired_page', times: 100_000 });
    await stage.sut.enqueue(tenantId, syncId);
    const state = await stage.sut.work(tenantId, syncId);
    expect(state.status).toBe('complete');
    const { orders } = await stage.amazon.truth(sellerId);
    expect(state.counts.orders).toEqual({ processed: orders, total: orders });
    expect(await facts(tenantId, 'order')).toBe(orders);

    const { rows } = await stage.sut.pool.query<{ from_at: Date; to_at: Date; state: string }>(
      `select from_at, to_at, state from ingestion.sync_window
        where sync_id = $1 and resource = 'orders' order by nth`,
      [syncId],
    );
    const planned = (await stage.sut.events(tenantId, syncId)).find(
      ({ type }) => type === 'sync.planned',
    );
    if (planned?.type !== 'sync.planned') throw new Error('not planned');
    expect(rows.length).toBeGreaterThan(planned.data.resources.orders?.windows ?? 0);
    // Still newest first and without a hole: the halves came between their window and the next.
    rows.slice(1).forEach(({ to_at }, n) => expect(to_at).toEqual(rows[n]?.from_at));
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['closed']));
  });

  it('given a snapshot, which cannot be cut, then it is said what could not be had', async () => {
    const { tenantId, syncId } = await stage.sut.connected('A0TOOLARGE03');
    await stage.amazon.fault({
      operation: 'getInventorySummaries',
      mode: 'expired_page',
      times: 100,
    });
    await stage.sut.enqueue(tenantId, syncId);
    expect((await stage.sut.work(tenantId, syncId)).coverage.inventory).toMatchObject({
      state: 'missing',
      reason: 'Failed to fetch inventory items: Amazon could not give all of it in one go',
    });
  });
});

describe('orders that Amazon counts', () => {
  /** The sync up to its plan, with Amazon's count of its newest window of orders as if it were another. */
  async function plannedWithCount(sellerId: string, change: string) {
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    await stage.amazon.fault({ operation: 'searchOrders', status: 429, times: 1000, sellerId });
    await stage.sut.enqueue(tenantId, syncId);
    await stage.sut.work(
      tenantId,
      syncId,
      ({ estimatedCompletion }) => estimatedCompletion !== null,
    );
    await stage.amazon.heal();
    // Held up until here only: what its refusals would make it wait is no matter of this test.
    await stage.sut.pool.query(
      `update ingestion.rate_bucket set refusals = 0, blocked_until = '-infinity'
        where seller_id = $1`,
      [sellerId],
    );
    await stage.sut.pool.query(
      `update ingestion.job set not_before = '-infinity' where sync_id = $1`,
      [syncId],
    );
    await stage.sut.pool.query(
      `update ingestion.sync_window set ${change} where sync_id = $1 and nth =
        (select min(nth) from ingestion.sync_window where sync_id = $1 and resource = 'orders')`,
      [syncId],
    );
    return { tenantId, syncId };
  }

  it('given more than could be read, then they are looked for once more, and what is missing is said', async () => {
    const sellerId = 'A0SHORTONE01';
    const { tenantId, syncId } = await plannedWithCount(sellerId, 'expected = expected + 12');
    const state = await stage.sut.work(tenantId, syncId);
    expect(state.status).toBe('complete');
    expect(state.coverage.orders).toMatchObject({
      state: 'partial',
      reason: '12 of 2,512 orders that Amazon counts could not be read',
    });
    const { rows } = await stage.sut.pool.query<{ again: number }>(
      'select count(*)::int again from ingestion.sync_window where sync_id = $1 and reopened',
      [syncId],
    );
    expect(rows).toEqual([{ again: 1 }]);
  });

  it('given a list that left some out the first time, then the second reading brings them', async () => {
    const sellerId = 'A0SHORTONE02';
    const change = "state = 'closed', received = expected - 12";
    const { tenantId, syncId } = await plannedWithCount(sellerId, change);
    const state = await stage.sut.work(tenantId, syncId);
    expect(state.coverage.orders).toMatchObject({ state: 'complete' });
    expect(await facts(tenantId, 'order')).toBe((await stage.amazon.truth(sellerId)).orders);
  });
});

describe('a report that Amazon refuses as invalid', () => {
  it('given its time is longer than a month, then it is asked for in halves', async () => {
    const sellerId = 'A0TOOLONG001';
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    await stage.amazon.fault({ operation: 'createReport', status: 400, times: 3, sellerId });
    await stage.sut.enqueue(tenantId, syncId);
    expect((await stage.sut.work(tenantId, syncId)).status).toBe('complete');
    const truth = await stage.amazon.truth(sellerId);
    expect(await facts(tenantId, 'ledger')).toBe(truth.ledgerRows);
    expect(await facts(tenantId, 'reimbursement')).toBe(truth.reimbursementRows);
  });
});
