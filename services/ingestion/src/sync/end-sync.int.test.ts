import type { Coverage } from '@recoup/contracts';
import { advanceSync } from '@recoup/domain';
import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeJob } from '../jobs/lease.js';
import { sourcesOf } from '../sources/registry.js';
import {
  openIngestionUnderTest,
  type IngestionUnderTest,
} from '../testing/ingestion-under-test.js';
import { startSimulatedAmazon, type SimulatedAmazon } from '../testing/simulated-amazon.js';
import { failSync } from './end-sync.js';
import { INTERNAL } from './failure.js';
import { openSyncJournal } from './sync-journal.js';

let amazon: SimulatedAmazon;
let database: TestDatabase;
let sut: IngestionUnderTest;

beforeAll(async () => {
  [amazon, database] = await Promise.all([startSimulatedAmazon({ orders: 20 }), createDatabase()]);
  sut = openIngestionUnderTest(database.urlOf('recoup_ingestion_follow'), amazon);
});

afterAll(async () => {
  await sut[Symbol.asyncDispose]();
  await Promise.all([amazon[Symbol.asyncDispose](), database.drop()]);
});

it('given a sync that fails after a resource was finished, then what that one lacks is still said', async () => {
  const { tenantId, syncId } = await sut.connected('A0HALFWAY001');
  await sut.enqueue(tenantId, syncId);
  const job = await takeJob(sut.pool, 'test', 600);
  if (!job) throw new Error('no job');
  const assertLease = (): Promise<void> => Promise.resolve();
  const journal = await openSyncJournal({
    store: sut.store,
    clock: amazon.clock,
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

  const { pool } = sut;
  await failSync({ pool, job, journal, sources: sourcesOf('api') }, INTERNAL);

  const failed = await sut.state(tenantId, syncId);
  expect(failed.status).toBe('failed');
  expect(failed.coverage.feeEstimates).toEqual(coverage);
  expect(failed.coverage.orders).toMatchObject({ state: 'missing', reason: INTERNAL.message });
});
