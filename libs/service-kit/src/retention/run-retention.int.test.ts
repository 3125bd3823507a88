import { createDatabase, eventually, type TestDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RetentionRule } from './retention-rule.js';
import { runRetention } from './run-retention.js';

const ROWS = 2_500;
const log = pino({ level: 'silent' });

let database: TestDatabase;
let pool: Pool;
/** Rows that each statement deleted, of all instances. */
let portions: number[];

beforeAll(async () => {
  database = await createDatabase();
  const admin = new Pool({ connectionString: database.adminUrl });
  await admin.query(`create table public.kept (n int primary key, old boolean not null);
    create table public.portion (rows int not null);
    create function public.note() returns trigger language plpgsql security definer as
      $$ begin insert into public.portion select count(*) from gone; return null; end $$;
    create trigger note after delete on public.kept referencing old table as gone
      for each statement execute function public.note();
    grant select, insert, update, delete on public.kept to recoup_detection_follow;
    grant select, delete on public.portion to recoup_detection_follow;`);
  await admin.end();
  pool = new Pool({ connectionString: database.urlOf('recoup_detection_follow') });
  pool.on('error', () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  await pool.query('delete from public.kept');
  await pool.query('delete from public.portion');
  await pool.query('insert into public.kept select n, n > $1 from generate_series(1, $2::int) n', [
    10,
    ROWS + 10,
  ]);
  await pool.query(`update retention.sweep set swept_at = '-infinity'`);
  portions = [];
});

const rule: RetentionRule = {
  table: 'public.kept',
  text: `delete from public.kept where n in
    (select n from public.kept where old and $2 limit $1 for update skip locked)`,
  values: () => [true],
};

const left = async (): Promise<number> =>
  (await pool.query('select from public.kept')).rowCount ?? -1;

const sweeps = async (): Promise<{ deleted: number }[]> =>
  (
    await pool.query(
      `select deleted::int, swept_at from retention.sweep where swept = 'public.kept'`,
    )
  ).rows as { deleted: number }[];

/** Lets instances run until something holds, and stops them. */
async function letRun(
  rules: readonly RetentionRule[],
  { instances, until }: { instances: number; until: () => Promise<boolean> },
): Promise<void> {
  const stop = new AbortController();
  const settings = { RETENTION_SWEEP_MINUTES: 60 };
  const running = Array.from({ length: instances }, () =>
    runRetention({ pool, log, signal: stop.signal }, { rules, settings }),
  );
  await eventually(until);
  stop.abort();
  await Promise.all(running);
  const { rows } = await pool.query<{ rows: number }>(
    'select rows from public.portion where rows > 0 order by rows',
  );
  portions = rows.map((row) => row.rows);
}

describe('the sweep of a table', () => {
  it('given several instances, then one deletes what has had its time, in portions, and tells how much it was', async () => {
    const until = async (): Promise<boolean> => (await sweeps())[0]?.deleted === ROWS;
    await letRun([rule], { instances: 4, until });
    expect(await left()).toBe(10);
    expect(portions).toEqual([500, 1000, 1000]);
  });

  it('given that it was swept within the time between two sweeps, then it is left alone', async () => {
    await pool.query(
      `insert into retention.sweep (swept, swept_at) values ('public.kept', now() - interval '59 minutes')
       on conflict (swept) do update set swept_at = excluded.swept_at`,
    );
    const other: RetentionRule = { ...rule, table: 'public.other', values: () => [false] };
    const until = async (): Promise<boolean> =>
      (await pool.query(`select from retention.sweep where swept = 'public.other'`)).rowCount === 1;
    await letRun([rule, other], { instances: 2, until });
    expect(await left()).toBe(ROWS + 10);
    await pool.query(
      `update retention.sweep set swept_at = now() - interval '60 minutes' where swept = 'public.kept'`,
    );
    await letRun([rule], { instances: 2, until: async () => (await left()) === 10 });
  });

  it('given that one rule fails, then the others are kept to', async () => {
    const broken: RetentionRule = {
      table: 'public.nowhere',
      text: 'delete from public.nowhere where $1 > 0',
      values: () => [],
    };
    await letRun([broken, rule], { instances: 1, until: async () => (await left()) === 10 });
  });

  it('given rows that somebody works on, then they are left, and nobody waits', async () => {
    const holder = await pool.connect();
    await holder.query('begin');
    await holder.query('select from public.kept where n = 11 for update');
    await letRun([rule], { instances: 1, until: async () => (await left()) === 11 });
    await holder.query('rollback');
    holder.release();
  });
});
