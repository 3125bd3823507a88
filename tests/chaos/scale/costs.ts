import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Product } from '../../product/index.js';

/** What has been spent since everything was started. */
export interface Costs {
  /** Processor time of the four services and of Postgres, in seconds. */
  readonly services: number;
  readonly postgres: number;
  readonly transactions: number;
  /** Rows that Postgres read from tables and indexes. */
  readonly rows: number;
  /** Bytes of write-ahead log. */
  readonly wal: number;
  readonly events: number;
}

const rowSchema = z.object({
  transactions: z.coerce.number(),
  rows: z.coerce.number(),
  wal: z.coerce.number(),
  events: z.coerce.number(),
});

const SPENT = `
  select d.xact_commit as transactions, d.tup_returned + d.tup_fetched as rows,
    pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as wal, (select sum(head) from log.shard) as events
  from pg_stat_database d where d.datname = current_database()`;

const SERVICES = ['gateway', 'ingestion', 'detection', 'evidence'] as const;

/** Linux counts processor time in hundredths of a second. */
const TICKS = 100;

/** Times of a process from `/proc`: its own, and that of its children that have ended, in seconds. */
function timesOf(pid: number): { own: number; ended: number; parent: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .map(Number);
  const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [
    1, 11, 12, 13, 14,
  ].map((at) => fields[at]);
  return { own: (user + system) / TICKS, ended: (endedUser + endedSystem) / TICKS, parent };
}

/** Processor time of Postgres with all its backends, those that are gone included, in seconds. */
function postgresTime(pid: number): number {
  const { own, ended } = timesOf(pid);
  let seconds = own + ended;
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const process = timesOf(Number(entry));
      if (process.parent === pid) seconds += process.own;
    } catch {
      // it has just ended: the parent has its time by now, or at the next look
    }
  }
  return seconds;
}

/** Reads what a product has spent so far. */
export async function costsOf(product: Product): Promise<Costs> {
  const { rows } = await product.database.query(SPENT);
  return {
    ...rowSchema.parse(rows[0]),
    services: SERVICES.map((name) => timesOf(product.pidOf(name)).own).reduce((a, b) => a + b, 0),
    postgres: postgresTime(product.pidOf('postgres')),
  };
}

/** What was spent between two looks, divided. */
export function spent(before: Costs, after: Costs, by: number): Costs {
  const share = (key: keyof Costs): number => (after[key] - before[key]) / by;
  return {
    services: share('services'),
    postgres: share('postgres'),
    transactions: share('transactions'),
    rows: share('rows'),
    wal: share('wal'),
    events: share('events'),
  };
}
