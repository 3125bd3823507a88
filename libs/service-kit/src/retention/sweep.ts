import type { Pool } from 'pg';
import { counter } from '../metrics/instruments.js';
import type { RetentionRule } from './retention-rule.js';

const AT_ONCE = 1000;

const deleted = counter({
  name: 'recoup_retention_deleted_total',
  help: 'Rows that were deleted because they had been kept for their time, by table.',
  labels: ['table'],
});
const failures = counter({
  name: 'recoup_retention_failures_total',
  help: 'Sweeps that broke off, by table. What they left is for the next.',
  labels: ['table'],
});

/** Shows the series of a rule before anything was deleted by it. */
export function showRule({ table }: RetentionRule): void {
  deleted.inc({ table }, 0);
  failures.inc({ table }, 0);
}

export interface SweepTerms {
  readonly everyMinutes: number;
  readonly signal: AbortSignal;
}

/**
 * Deletes what a rule no longer keeps, if nobody has for so many minutes; null when somebody has. Answers how many rows it
 * were. One that dies in the middle leaves the rest to the sweep after. Throws what the database throws.
 */
export async function sweep(
  pool: Pool,
  rule: RetentionRule,
  { everyMinutes, signal }: SweepTerms,
): Promise<number | null> {
  const { rowCount } = await pool.query(CLAIM, [rule.table, everyMinutes]);
  if (rowCount === 0) return null;
  try {
    const rows = await deleteAll(pool, rule, signal);
    await pool.query('update retention.sweep set deleted = $2 where swept = $1', [
      rule.table,
      rows,
    ]);
    return rows;
  } catch (error) {
    failures.inc({ table: rule.table });
    throw error;
  }
}

/** Each portion is a transaction of its own: none is open for long, and nobody waits for a lock of it. */
async function deleteAll(pool: Pool, rule: RetentionRule, signal: AbortSignal): Promise<number> {
  const { table, text, values, atOnce = AT_ONCE } = rule;
  for (let rows = 0; ;) {
    const { rowCount } = await pool.query(text, [atOnce, ...values()]);
    rows += rowCount ?? 0;
    deleted.inc({ table }, rowCount ?? 0);
    if (!rowCount || signal.aborted) return rows;
  }
}

/** Of all who look at one time one finds the last sweep long past, by the database's clock, and makes the next. */
const CLAIM = `insert into retention.sweep as last (swept, swept_at) values ($1, now())
  on conflict (swept) do update set swept_at = excluded.swept_at, deleted = 0
    where last.swept_at <= excluded.swept_at - make_interval(mins => $2)`;
