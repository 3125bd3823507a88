import type { Coverage } from '@recoup/contracts';
import { advanceSync } from '@recoup/domain';
import { expect, it } from 'vitest';
import { takeJob } from '../jobs/lease.js';
import { sourcesOf } from '../sources/registry.js';
import { stageOfFile } from '../testing/stage.js';
import { failSync } from './end-sync.js';
import { INTERNAL } from './failure.js';
import { openSyncJournal } from './sync-journal.js';

const stage = stageOfFile({ orders: 20 });

it('given a sync that fails after a resource was finished, then what that one lacks is still said', async () => {
  const { tenantId, syncId } = await stage.sut.connected('A0HALFWAY001');
  await stage.sut.enqueue(tenantId, syncId);
  const job = await takeJob(stage.sut.pool, 'test', 600);
  if (!job) throw new Error('no job');
  const assertLease = (): Promise<void> => Promise.resolve();
  const journal = await openSyncJournal({
    store: stage.sut.store,
    clock: stage.amazon.clock,
    job,
    assertLease,
  });
  const coverage: Coverage = {
    state: 'partial',
    from: '2026-01-02',
    to: '2026-01-02',
    reason: 'No fee estimate for 2 of 9 products: Amazon failed to estimate 2.',
  };
  await journal.write((state, cause) =>
    advanceSync(tenantId, state, {
      type: 'sync.resource_completed',
      data: { syncId, resource: 'feeEstimates', processed: 7, coverage },
      once: ['feeEstimates'],
      cause,
    }),
  );

  const { pool } = stage.sut;
  await failSync({ pool, job, journal, sources: sourcesOf('api') }, INTERNAL);

  const failed = await stage.sut.state(tenantId, syncId);
  expect(failed.status).toBe('failed');
  expect(failed.coverage.feeEstimates).toEqual(coverage);
  expect(failed.coverage.orders).toMatchObject({ state: 'missing', reason: INTERNAL.message });
});
