import { describe, expect, it } from 'vitest';
import { allSources } from '../sources/registry.js';
import { stageOfFile } from '../testing/stage.js';

const stage = stageOfFile({ orders: 600 });

/** Facts by kind: how many, and how many different ones. */
async function stored(tenantId: string): Promise<Record<string, number>> {
  const { rows } = await stage.sut.pool.query<{ kind: string; facts: number; keys: number }>(
    'select kind, count(*)::int facts, count(distinct key)::int keys from facts.fact where tenant_id = $1 group by kind',
    [tenantId],
  );
  for (const { facts, keys } of rows) expect(facts).toBe(keys); // a second version would be a changed fact
  return Object.fromEntries(rows.map(({ kind, keys }) => [kind, keys]));
}

async function expectTruth(tenantId: string, sellerId: string): Promise<void> {
  const truth = await stage.amazon.truth(sellerId);
  expect(await stored(tenantId)).toMatchObject({
    order: truth.orders,
    inventory: truth.inventoryRows,
    transaction: truth.transactions,
    ledger: truth.ledgerRows,
    reimbursement: truth.reimbursementRows,
    storageFee: truth.storageFeeRows,
    agedStorageFee: truth.agedStorageFeeRows,
    // Every product is offered, and the sandbox has a row of stock for each.
    feePreview: truth.inventoryRows,
    customerReturn: truth.returnRows,
    replacement: truth.replacementRows,
    removalOrder: truth.removalOrderRows,
    removalShipment: truth.removalShipmentRows,
    inboundShipment: truth.inboundShipments,
    inboundItem: truth.inboundItems,
  });
}

async function expectNever429(sellerId: string): Promise<void> {
  for (const [operation, { throttled }] of await stage.amazon.calls(sellerId)) {
    expect({ operation, throttled }).toEqual({ operation, throttled: 0 });
  }
}

describe('a first sync', () => {
  const sellerId = 'A2HARBORPINE01';

  it('given a connected seller, then all of Amazon is stored, told step by step, without a 429', async () => {
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    await stage.sut.enqueue(tenantId, syncId);
    const state = await stage.sut.work(tenantId, syncId);
    expect(state).toMatchObject({
      status: 'complete',
      counts: { orders: { processed: 600, total: 600 } },
    });
    await expectTruth(tenantId, sellerId);
    await expectNever429(sellerId);

    const events = await stage.sut.events(tenantId, syncId);
    const types = events.map(({ type }) => type);
    expect(types.slice(0, 2)).toEqual(['sync.requested', 'sync.planned']);
    expect(types.at(-1)).toBe('sync.completed');
    const resources = new Set(allSources.map(({ resource }) => resource));
    expect(types.filter((type) => type === 'sync.resource_completed')).toHaveLength(resources.size);
    const progress = events.flatMap((event) =>
      event.type === 'sync.progressed' ? [event.data.progress] : [],
    );
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.every((percent) => Number.isInteger(percent) && percent <= 99)).toBe(true);
    const messages = events.flatMap((event) =>
      event.type === 'sync.progressed' ? [event.data.message] : [],
    );
    expect(messages).toContainEqual(
      expect.stringMatching(/^Processing orders\.\.\. \d+ of 600 orders processed$/),
    );
  });

  it('given it is complete, when the seller syncs again, then only what may have changed is read and no fact changes', async () => {
    const tenantId = await tenantOf(sellerId);
    const before = await stage.amazon.calls(sellerId);
    const syncId = await stage.sut.request(tenantId);
    await stage.sut.enqueue(tenantId, syncId);
    expect((await stage.sut.work(tenantId, syncId)).status).toBe('complete');
    await expectTruth(tenantId, sellerId);
    const after = await stage.amazon.calls(sellerId);
    const more = (operation: string): number =>
      (after.get(operation)?.calls ?? 0) - (before.get(operation)?.calls ?? 0);
    const { storageFees = 0, ...reports } = await reportsOf(syncId);
    // Of the ledger, as far back as a loss can be claimed.
    expect(reports).toEqual({
      reimbursements: 1,
      ledger: 1,
      ledgerSummary: 1,
      returns: 1,
      replacements: 1,
      removalOrders: 1,
      removalShipments: 1,
      agedStorageFees: 1,
      feePreview: 1,
    });
    // The last two months that are published; the one after them may be by now.
    expect(storageFees).toBeLessThanOrEqual(3);
    expect(more('searchOrders')).toBeLessThanOrEqual(2);
    await expectNever429(sellerId);
  });
});

/** Reports that a sync asked for, by resource. */
async function reportsOf(syncId: string): Promise<Record<string, number>> {
  const { rows } = await stage.sut.pool.query<{ resource: string; reports: number }>(
    `select resource, count(report_id)::int reports from ingestion.sync_window
     where sync_id = $1 and report_id is not null group by resource`,
    [syncId],
  );
  return Object.fromEntries(rows.map(({ resource, reports }) => [resource, reports]));
}

async function tenantOf(sellerId: string): Promise<string> {
  const { rows } = await stage.sut.pool.query<{ tenant_id: string }>(
    'select tenant_id from ingestion.seller_account where selling_partner_id = $1',
    [sellerId],
  );
  return rows[0]?.tenant_id ?? '';
}

describe('a sync that is interrupted', () => {
  it('given workers that stop again and again, then it goes on where it was and ends with the same facts', async () => {
    const sellerId = 'A3MAPLETRAIL02';
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    await stage.sut.enqueue(tenantId, syncId);
    for (const percent of [1, 30, 60, 80]) {
      await stage.sut.work(tenantId, syncId, ({ progress }) => progress >= percent);
    }
    expect((await stage.sut.work(tenantId, syncId)).status).toBe('complete');
    await expectTruth(tenantId, sellerId);
    const { rows } = await stage.sut.pool.query<{ asked: number; empty: number }>(
      `select (count(distinct report_id) + sum(report_asks))::int asked,
        (count(*) filter (where report_id is not null and received = 0))::int empty
       from ingestion.sync_window where sync_id = $1`,
      [syncId],
    );
    const { asked = 0, empty = 0 } = rows[0] ?? {};
    const calls = (await stage.amazon.calls(sellerId)).get('createReport')?.calls ?? 0;
    // What a predecessor had asked for was waited for. An empty report is asked for once more, by each of the five workers
    // at most.
    expect(calls).toBeGreaterThanOrEqual(asked);
    expect(calls).toBeLessThanOrEqual(asked + 5 * empty);
    await expectNever429(sellerId);
  }, 120_000);

  it('given a cancelled sync, then no further call is made and what was stored stays', async () => {
    const sellerId = 'A1BRIGHTHOME03';
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    await stage.sut.enqueue(tenantId, syncId);
    const running = stage.sut.work(tenantId, syncId);
    while (!(await stored(tenantId))['order'])
      await new Promise((resolve) => setTimeout(resolve, 10));
    await stage.sut.cancel(tenantId, syncId);
    expect((await running).status).toBe('cancelled');
    const count = async (): Promise<number> =>
      [...(await stage.amazon.calls(sellerId)).values()].reduce((sum, { calls }) => sum + calls, 0);
    const atTheEnd = await count();
    const kept = await stored(tenantId);

    const next = await stage.sut.request(tenantId); // the tenant is free at once
    expect(await count()).toBe(atTheEnd);
    await stage.sut.enqueue(tenantId, next);
    expect((await stage.sut.work(tenantId, next)).status).toBe('complete');
    await expectTruth(tenantId, sellerId);
    expect(kept['order']).toBeGreaterThan(0);
  });
});
