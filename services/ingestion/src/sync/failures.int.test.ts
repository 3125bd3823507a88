import { streams } from '@recoup/contracts';
import { connectionState } from '@recoup/domain';
import { openRecording } from '@recoup/facts';
import { describe, expect, it } from 'vitest';
import { closeWindow } from '../jobs/close-window.js';
import { LeaseLost } from '../jobs/lease-lost.js';
import { takeJob } from '../jobs/lease.js';
import { stageOfFile } from '../testing/stage.js';

const stage = stageOfFile({ orders: 300, rateScale: 1000 });

/** The last event of a sync. */
async function endOf(tenantId: string, syncId: string) {
  const events = await stage.sut.events(tenantId, syncId);
  return events.at(-1);
}

async function reportWindows(syncId: string): Promise<number> {
  const { rows } = await stage.sut.pool.query<{ windows: number }>(
    String.raw`select count(*)::int windows from ingestion.sync_window where sync_id = $1 and route like 'GET\_%' and calls > 0`,
    [syncId],
  );
  return rows[0]?.windows ?? 0;
}

describe('a sync on a bad day', () => {
  it('given errors, resets, refusals and failed reports now and then, then it is complete all the same', async () => {
    const sellerId = 'A0BADDAY0001';
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    await stage.amazon.fault({ operation: 'searchOrders', status: 503, times: 2 });
    await stage.amazon.fault({ operation: 'listTransactions', mode: 'reset', times: 2 });
    await stage.amazon.fault({ operation: 'getInventorySummaries', status: 403 });
    await stage.amazon.fault({ operation: 'getReport', status: 429, times: 2 });
    await stage.amazon.fault({ operation: 'createReport', mode: 'fatal', times: 2 });
    await stage.amazon.fault({ operation: 'getReportDocument', mode: 'expired_document' });
    await stage.amazon.fault({ operation: 'token', status: 500 });
    await stage.sut.enqueue(tenantId, syncId);
    expect(await stage.sut.work(tenantId, syncId)).toMatchObject({ status: 'complete' });
    const truth = await stage.amazon.truth(sellerId);
    expect(await endOf(tenantId, syncId)).toMatchObject({
      type: 'sync.completed',
      data: {
        counts: {
          orders: { processed: truth.orders },
          inventory: { processed: truth.inventoryRows },
          transactions: { processed: truth.transactions },
          ledger: { processed: truth.ledgerRows },
          reimbursements: { processed: truth.reimbursementRows },
        },
      },
    });
  });

  it('given answers and documents that break off in the middle, then nothing is missing and nothing twice', async () => {
    const sellerId = 'A0TORNOFF001';
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    const truth = await stage.amazon.truth(sellerId);
    for (const operation of ['searchOrders', 'listTransactions', 'createReport'] as const) {
      await stage.amazon.fault({ operation, mode: 'reset_body' });
    }
    await stage.amazon.fault({ operation: 'document', mode: 'reset_body' });
    await stage.amazon.fault({ operation: 'document', mode: 'truncated' });
    await stage.sut.enqueue(tenantId, syncId);
    expect(await stage.sut.work(tenantId, syncId)).toMatchObject({
      status: 'complete',
      counts: {
        orders: { processed: truth.orders },
        transactions: { processed: truth.transactions },
        ledger: { processed: truth.ledgerRows },
        reimbursements: { processed: truth.reimbursementRows },
      },
    });
    const struck = (await stage.amazon.struck()).map(
      ({ operation, kind }) => `${operation} ${kind}`,
    );
    expect(struck).toEqual(
      expect.arrayContaining([
        ...['searchOrders reset_body', 'listTransactions reset_body', 'createReport reset_body'],
        ...['document reset_body', 'document truncated'],
      ]),
    );
  });

  it('given reports that end as cancelled however often they are asked for, then they held no data', async () => {
    const sellerId = 'A0CANCELLED1';
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    await stage.amazon.fault({ operation: 'createReport', mode: 'cancelled', times: 'always' });
    await stage.sut.enqueue(tenantId, syncId);
    const state = await stage.sut.work(tenantId, syncId);
    expect(state).toMatchObject({
      status: 'complete',
      counts: { ledger: { processed: 0, total: 0 } },
    });
    // Each is asked for twice, but the month that ended last: it is read again by the next sync in any case.
    const asked = (await stage.amazon.calls(sellerId)).get('createReport')?.calls;
    expect(asked).toBe(2 * (await reportWindows(syncId)) - 1);

    // Of the month that ended last it may only mean that Amazon has not published it yet: it does not count as read.
    const now = new Date();
    const lastTold = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 0));
    expect(state.coverage.storageFees).toMatchObject({
      state: 'complete',
      to: lastTold.toISOString().slice(0, 10),
    });
    const next = await stage.sut.request(tenantId);
    await stage.sut.enqueue(tenantId, next);
    expect((await stage.sut.work(tenantId, next)).status).toBe('complete');
    const { rows } = await stage.sut.pool.query<{ asked: number }>(
      `select count(report_id)::int asked from ingestion.sync_window
       where sync_id = $1 and resource = 'storageFees'`,
      [next],
    );
    // And the month before it, which is read again for as long as it is one of the last two.
    expect(rows[0]?.asked).toBe(2);
  });

  it('given reports that end as cancelled once although they have data, then none of it is missing', async () => {
    const sellerId = 'A0CANCELLED2';
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    const truth = await stage.amazon.truth(sellerId);
    // One of a type: a window that is asked for again must not be struck again.
    for (const reportType of ['GET_LEDGER_DETAIL_VIEW_DATA', 'GET_FBA_REIMBURSEMENTS_DATA']) {
      await stage.amazon.fault({ operation: 'createReport', mode: 'cancelled', reportType });
    }
    await stage.sut.enqueue(tenantId, syncId);
    expect(await stage.sut.work(tenantId, syncId)).toMatchObject({
      status: 'complete',
      counts: {
        ledger: { processed: truth.ledgerRows },
        reimbursements: { processed: truth.reimbursementRows },
      },
    });
  });
});

describe('a sync that fails', () => {
  it('given Amazon is down for orders, then it says so, and the next one makes up for it', async () => {
    const sellerId = 'A0DOWN000001';
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    await stage.amazon.fault({ operation: 'searchOrders', status: 503, times: 1000 });
    await stage.sut.enqueue(tenantId, syncId);
    const state = await stage.sut.work(tenantId, syncId);
    expect(state.status).toBe('failed');
    expect(state.message).toBe('Failed to fetch orders: Amazon did not answer');
    expect((await endOf(tenantId, syncId))?.data).toMatchObject({
      code: 'amazon_unavailable',
      coverage: { orders: { state: 'missing', reason: state.message } },
    });
    await stage.amazon.heal();
    const next = await stage.sut.request(tenantId);
    await stage.sut.enqueue(tenantId, next);
    expect((await stage.sut.work(tenantId, next)).status).toBe('complete');
    const { rows } = await stage.sut.pool.query<{ orders: number }>(
      "select count(distinct key)::int orders from facts.fact where tenant_id = $1 and kind = 'order'",
      [tenantId],
    );
    expect(rows[0]?.orders).toBe((await stage.amazon.truth(sellerId)).orders);
  });

  it('given refusals for the rate without end, then it fails with words a seller understands', async () => {
    const { tenantId, syncId } = await stage.sut.connected('A0REFUSED001');
    await stage.amazon.fault({ operation: 'listTransactions', status: 429, times: 1000 });
    await stage.sut.enqueue(tenantId, syncId);
    const state = await stage.sut.work(tenantId, syncId);
    expect(state.status).toBe('failed');
    expect(state.message).toBe("Failed to fetch transactions: Amazon's rate limit was exceeded");
    expect(state.coverage.transactions?.state).toBe('missing');
    expect((await endOf(tenantId, syncId))?.data).toMatchObject({ code: 'rate_limited' });
  });

  it('given a withdrawn consent, then the connection asks for a new one and the sync says why it failed', async () => {
    const sellerId = 'A0REVOKED001';
    const { tenantId, syncId } = await stage.sut.connected(sellerId);
    await stage.amazon.revoke(sellerId);
    await stage.sut.enqueue(tenantId, syncId);
    expect((await stage.sut.work(tenantId, syncId)).status).toBe('failed');
    expect((await endOf(tenantId, syncId))?.data).toMatchObject({
      code: 'amazon_reauthorization_required',
    });
    const connection = async () =>
      connectionState(await stage.sut.store.readStream(tenantId, streams.connection(tenantId)));
    expect((await connection())?.state).toBe('reauth_required');

    const renewed = await stage.sut.connect(
      sellerId,
      await stage.amazon.refreshToken(sellerId),
      tenantId,
    );
    expect(renewed).toMatchObject({ outcome: 'connected', tenantId });
    expect((await connection())?.state).toBe('connected');
  });

  it('given a tenant without Amazon, then it fails as not connected', async () => {
    const syncId = await stage.sut.request('tenant-without-amazon');
    await stage.sut.enqueue('tenant-without-amazon', syncId);
    expect((await stage.sut.work('tenant-without-amazon', syncId)).status).toBe('failed');
    expect((await endOf('tenant-without-amazon', syncId))?.data).toMatchObject({
      code: 'amazon_not_connected',
    });
  });
});

describe('a worker that lost its lease', () => {
  it('given another has taken the job, when it closes a window, then nothing is stored', async () => {
    const { tenantId, syncId } = await stage.sut.connected('A0FENCED0001');
    // Orders that never come: the sync is planned and cannot end before it is taken away.
    await stage.amazon.fault({ operation: 'searchOrders', mode: 'timeout', times: 100 });
    await stage.sut.enqueue(tenantId, syncId);
    await stage.sut.work(
      tenantId,
      syncId,
      ({ estimatedCompletion }) => estimatedCompletion !== null,
    );
    const slow = await takeJob(stage.sut.pool, 'slow', 0);
    const quick = await takeJob(stage.sut.pool, 'quick', 10);
    expect(slow?.syncId).toBe(syncId);
    expect(quick?.fence).toBe((slow?.fence ?? 0) + 1);
    const time = { basis: 'created', scope: '', from: new Date(), to: new Date() } as const;
    const report = { expected: null, reportId: null, reportAsks: 0 };
    const window = { nth: 0, resource: 'orders', route: '', calls: 1, ...time, ...report } as const;
    const end = {
      window,
      recording: openRecording(stage.sut.pool, { tenantId, syncId, route: '' }),
      buyers: { store: () => Promise.resolve() },
      counts: 'order',
    } as const;
    if (!slow || !quick) throw new Error('no job');
    await expect(closeWindow(stage.sut.pool, slow, end)).rejects.toBeInstanceOf(LeaseLost);
    await expect(closeWindow(stage.sut.pool, quick, end)).resolves.toBe(0);
  });
});
