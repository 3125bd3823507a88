import type { SyncResource } from '@recoup/contracts';
import type { PoolClient } from 'pg';
import type { PlannedWindow } from '../plan/plan-windows.js';
import type { Basis, SyncWindow } from '../sources/source.js';
import { run, statements, type Database } from '../tables.js';
import type { Job } from './job.js';

/** A window with what became of it so far. */
export interface KnownWindow extends SyncWindow {
  readonly closed: boolean;
  /** Records it held; 0 while open. */
  readonly received: number;
}

/** Rows of one insert; Postgres takes 65,535 parameters a statement. */
const CHUNK = 1000;

/** Stores the windows of a plan, in the transaction that stores the plan. */
export async function insertWindows(
  tx: PoolClient,
  job: Job,
  windows: readonly PlannedWindow[],
): Promise<void> {
  for (let start = 0; start < windows.length; start += CHUNK) {
    const values = windows.slice(start, start + CHUNK).map((window) => ({
      sync_id: job.syncId,
      nth: window.nth,
      tenant_id: job.tenantId,
      resource: window.resource,
      route: window.route,
      basis: window.basis,
      scope: window.scope,
      from_at: window.from,
      to_at: window.to,
      calls: window.calls,
      expected: window.expected,
    }));
    await run(tx, statements.insertInto('ingestion.sync_window').values(values));
  }
}

/** All windows of a sync in the order of work. */
export async function loadWindows(db: Database, syncId: string): Promise<readonly KnownWindow[]> {
  const rows = await run(
    db,
    statements
      .selectFrom('ingestion.sync_window')
      .selectAll()
      .where('sync_id', '=', syncId)
      .orderBy('nth'),
  );
  return rows.map((row) => ({
    nth: row.nth,
    resource: row.resource as SyncResource,
    route: row.route,
    basis: row.basis as Basis,
    scope: row.scope,
    from: row.from_at,
    to: row.to_at,
    calls: row.calls,
    expected: row.expected,
    reportId: row.report_id,
    reportAsks: row.report_asks,
    closed: row.state === 'closed',
    received: row.received,
  }));
}

/** Notes which report a window waits for. A worker that lost its lease changes nothing. */
export async function saveReport(
  db: Database,
  job: Job,
  { nth, id, asks }: { nth: number; id: string | null; asks: number },
): Promise<void> {
  await run(
    db,
    statements
      .updateTable('ingestion.sync_window')
      .set({ report_id: id, report_asks: asks })
      .where('nth', '=', nth)
      .where('sync_id', 'in', (held) =>
        held
          .selectFrom('ingestion.job')
          .select('sync_id')
          .where('sync_id', '=', job.syncId)
          .where('fence', '=', job.fence),
      ),
  );
}

/** Closes a window within the transaction that stored its facts; false when it was closed before. */
export async function closeWindowRow(
  tx: PoolClient,
  {
    syncId,
    nth,
    to,
    received,
    changed,
  }: { syncId: string; nth: number; to: Date; received: number; changed: number },
): Promise<boolean> {
  const closed = await run(
    tx,
    statements
      .updateTable('ingestion.sync_window')
      .set((row) => ({
        state: 'closed',
        to_at: to,
        // A second reading may bring less than the first; both are stored.
        received: row.fn('greatest', ['received', row.val(received)]),
        changed,
        closed_at: new Date(),
      }))
      .where('sync_id', '=', syncId)
      .where('nth', '=', nth)
      .where('state', '=', 'open')
      .returning('nth'),
  );
  return closed.length === 1;
}
