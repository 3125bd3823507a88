import { recordFacts } from '@recoup/facts';
import { inTransaction } from '@recoup/service-kit';
import type { Pool } from 'pg';
import type { SyncWindow, WindowFacts } from '../sources/source.js';
import type { Job } from './job.js';
import { forgetStalls, holdJob } from './lease.js';
import { closeWindowRow } from './windows.js';

/**
 * Stores what a window held and closes it, in one transaction: after a crash it is either done or to be fetched again,
 * never half. Answers how many records it held. Throws LeaseLost.
 */
export function closeWindow(
  pool: Pool,
  job: Job,
  { window, facts }: { readonly window: SyncWindow; readonly facts: WindowFacts },
): Promise<number> {
  return inTransaction(pool, async (tx) => {
    await holdJob(tx, job);
    const { tenantId, syncId } = job;
    const { received, changed } = await recordFacts(tx, { tenantId, syncId, ...facts });
    await closeWindowRow(tx, { syncId, nth: window.nth, received, changed });
    await forgetStalls(tx, job);
    return received;
  });
}
