import { inTransaction } from '@recoup/service-kit';
import type { Pool } from 'pg';
import type { Job } from './job.js';
import { holdJob } from './lease.js';

/**
 * Opens closed windows once more, to be read by a route. What was stored of them stays, and so does their count until more
 * is read. Each only once in a sync, whoever works on it: answers the numbers of those that were opened. Throws LeaseLost.
 */
export function reopenWindows(
  pool: Pool,
  job: Job,
  { nths, route }: { readonly nths: readonly number[]; readonly route: string },
): Promise<readonly number[]> {
  return inTransaction(pool, async (tx) => {
    await holdJob(tx, job);
    const { rows } = await tx.query<{ nth: number }>({
      name: 'ingestion-reopen-windows',
      text: `update ingestion.sync_window set state = 'open', reopened = true, route = $3, report_id = null, report_asks = 0
        where sync_id = $1 and nth = any($2::int[]) and state = 'closed' and not reopened
        returning nth`,
      values: [job.syncId, nths, route],
    });
    return rows.map(({ nth }) => nth);
  });
}
