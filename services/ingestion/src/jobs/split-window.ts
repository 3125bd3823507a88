import { inTransaction } from '@recoup/service-kit';
import type { Pool, PoolClient } from 'pg';
import { halveWindow } from '../plan/halve-window.js';
import type { Job } from './job.js';
import { holdJob } from './lease.js';
import type { KnownWindow } from './windows.js';

/** The newer half keeps the row and its place. */
const SHORTEN = {
  name: 'ingestion-shorten-window',
  text: `update ingestion.sync_window set from_at = $3, calls = $4, expected = null, report_id = null, report_asks = 0
    where sync_id = $1 and nth = $2 and state = 'open'`,
};

/** The older half comes between it and the next one; where no number is left between them, at the end. */
const APPEND = {
  name: 'ingestion-append-window',
  text: `insert into ingestion.sync_window (sync_id, nth, tenant_id, resource, route, basis, scope, from_at, to_at, calls)
    select w.sync_id, case when coalesce(next.nth, w.nth + 1024) - w.nth > 1
        then (w.nth + coalesce(next.nth, w.nth + 1024)) / 2 else last.nth + 1024 end,
      w.tenant_id, w.resource, w.route, w.basis, w.scope, $3, $4, $5
    from ingestion.sync_window w,
      lateral (select min(nth) as nth from ingestion.sync_window where sync_id = w.sync_id and nth > w.nth) next,
      lateral (select max(nth) as nth from ingestion.sync_window where sync_id = w.sync_id) last
    where w.sync_id = $1 and w.nth = $2
    returning nth`,
};

/**
 * Cuts an open window in two, in one transaction, so that it is read in shorter stretches from now on, by whoever has the
 * job. Answers the halves in the order of work, or null where the window cannot be cut. Throws LeaseLost.
 */
export function splitWindow(
  pool: Pool,
  job: Job,
  window: KnownWindow,
): Promise<readonly KnownWindow[] | null> {
  const [newer, older] = halveWindow(window) ?? [];
  if (!newer || !older) return Promise.resolve(null);
  const calls = Math.ceil(window.calls / 2);
  // Nobody knows how what was counted falls to the halves.
  const half = { ...window, calls, expected: null, reportId: null, reportAsks: 0 };
  return inTransaction(pool, async (tx) => {
    await holdJob(tx, job);
    const at = [job.syncId, window.nth];
    await tx.query({ ...SHORTEN, values: [...at, newer.from, calls] });
    const nth = await append(tx, [...at, older.from, older.to, calls]);
    return [
      { ...half, ...newer },
      { ...half, ...older, nth },
    ];
  });
}

async function append(tx: PoolClient, values: readonly unknown[]): Promise<number> {
  const { rows } = await tx.query<{ nth: number }>({ ...APPEND, values: [...values] });
  const [row] = rows;
  if (!row) throw new Error('the window to be cut is not there');
  return row.nth;
}
