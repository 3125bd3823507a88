import { inTransaction } from '@recoup/service-kit';
import type { Pool } from 'pg';
import type { PlannedWindow } from '../plan/plan-windows.js';
import type { StoredPlan } from '../plan/stored-plan.js';
import { run, statements } from '../tables.js';
import type { Job } from './job.js';
import { holdJob } from './lease.js';
import { insertWindows } from './windows.js';

/** Stores a plan and its windows, both or none. Throws LeaseLost. */
export function savePlan(
  pool: Pool,
  job: Job,
  { plan, windows }: { readonly plan: StoredPlan; readonly windows: readonly PlannedWindow[] },
): Promise<void> {
  return inTransaction(pool, async (tx) => {
    await holdJob(tx, job);
    await tx.query('update ingestion.job set plan = $2 where sync_id = $1', [
      job.syncId,
      JSON.stringify(plan),
    ]);
    await insertWindows(tx, job, windows);
  });
}

/** The plan of a sync; null while it has none. */
export async function loadPlan(pool: Pool, syncId: string): Promise<StoredPlan | null> {
  const [job] = await run(
    pool,
    statements.selectFrom('ingestion.job').select('plan').where('sync_id', '=', syncId),
  );
  return job?.plan ?? null;
}
