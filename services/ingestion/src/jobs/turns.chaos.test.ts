import { eventually } from '@recoup/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IngestionUnderTest } from '../testing/ingestion-under-test.js';
import { stageOfFile } from '../testing/stage.js';

const WORKERS = 2;

type Sync = Awaited<ReturnType<IngestionUnderTest['connected']>>;

const stage = stageOfFile({ orders: 40, rateScale: 2000 });
let instances: readonly IngestionUnderTest[];

beforeAll(() => {
  const settings = { SYNC_WORKERS: String(WORKERS), SYNC_TURN_SECONDS: '1' };
  instances = [1, 2].map(() => stage.open(settings));
});

describe('turns', () => {
  it('given as many syncs that cannot end as there are workers, then all others complete meanwhile', async () => {
    const [sut] = instances as [IngestionUnderTest];
    const stuck: Sync[] = [];
    for (let seller = 0; seller < WORKERS * instances.length; seller += 1) {
      const sellerId = `A0STUCK0000${seller}`;
      // Of reports none is left to ask for, and the next one comes after hours.
      await sut.pool.query(
        `insert into ingestion.rate_bucket (seller_id, operation, rate, capacity, tokens, refilled_at)
          values ($1, 'createReport', 0.0001, 15, 0, now())`,
        [sellerId],
      );
      const sync = await sut.connected(sellerId);
      await sut.enqueue(sync.tenantId, sync.syncId);
      stuck.push(sync);
    }
    const stop = new AbortController();
    const working = instances.map(({ ingestion }) => ingestion.runWorkers(stop.signal));
    const leased = async (): Promise<number> => {
      const { rows } = await sut.pool.query<{ jobs: number }>(
        'select count(*)::int jobs from ingestion.job where leased_until > now()',
      );
      return rows[0]?.jobs ?? 0;
    };
    await eventually(async () => (await leased()) === stuck.length, { timeoutMs: 30_000 });

    const small: Sync[] = [];
    for (let seller = 0; seller < 6; seller += 1) {
      const sync = await sut.connected(`A0SMALL0000${seller}`);
      await sut.enqueue(sync.tenantId, sync.syncId);
      small.push(sync);
    }
    const statusOf = async ({ tenantId, syncId }: Sync) =>
      (await sut.state(tenantId, syncId)).status;
    const statuses = (syncs: readonly Sync[]) => Promise.all(syncs.map(statusOf));
    await eventually(async () => (await statuses(small)).every((one) => one === 'complete'), {
      timeoutMs: 60_000,
    });
    expect(new Set(await statuses(stuck))).toEqual(new Set(['in_progress']));
    const { rows: jobs } = await sut.pool.query<{ stalls: number; turns: number }>(
      'select max(stalls)::int stalls, max(fence)::int turns from ingestion.job where sync_id = any($1)',
      [stuck.map(({ syncId }) => syncId)],
    );
    expect(jobs[0]?.turns).toBeGreaterThan(1);
    // Being given back for others is no sign of a job that cannot be done.
    expect(jobs[0]?.stalls).toBeLessThanOrEqual(1);

    for (const { tenantId, syncId } of stuck) await sut.cancel(tenantId, syncId);
    stop.abort();
    await Promise.all(working);
  }, 120_000);
});
