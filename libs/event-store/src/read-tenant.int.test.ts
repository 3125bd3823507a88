import { shardOf } from '@recoup/kernel';
import { someEvents } from '@recoup/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLog, request, upTo, written, type LogUnderTest } from './testing/log-under-test.js';

let log: LogUnderTest;
const MINE = 'tenant-a';
/** On the same shard: its events lie between. */
const theirs = upTo(1000)
  .map((n) => `tenant-${n}`)
  .find((tenantId) => shardOf(tenantId) === shardOf(MINE))!;
let mine: number[];

beforeAll(async () => {
  log = await openLog();
  mine = [];
  for (const n of upTo(20)) {
    const tenantId = n % 2 === 0 ? MINE : theirs;
    const events = someEvents(2);
    const { position } = written(
      await log.store.append(request(`connection-${n}`, 'absent', { tenantId, events })),
    );
    if (tenantId === MINE) mine.push(position - 1, position);
  }
});
afterAll(() => log[Symbol.asyncDispose]());

async function positions(after: number, last: number, limit = 100): Promise<number[]> {
  const events = await log.store.readTenant(MINE, { after, upTo: last, limit });
  expect(events.every(({ tenantId }) => tenantId === MINE)).toBe(true);
  return events.map(({ position }) => position);
}

it('given a stretch, then the tenant’s events in it, in order, without its first end and with its last', async () => {
  expect(await positions(0, 1000)).toEqual(mine);
  expect(await positions(mine[0]!, mine[3]!)).toEqual(mine.slice(1, 4));
  expect(await positions(mine[3]!, mine[3]!)).toEqual([]);
});

it('given a limit, then the first ones', async () => {
  expect(await positions(0, 1000, 3)).toEqual(mine.slice(0, 3));
});

it('given a stretch, then only its rows are walked, by position', async () => {
  const admin = await log.admin();
  await admin.query('begin');
  const read = 'select position from log.read_tenant($1, $2, $3, $4, 100)';
  await admin.query(read, [shardOf(MINE), MINE, 4, 8]);
  const { rows } = await admin.query<{ walked: number }>(
    `select sum(seq_tup_read + idx_tup_fetch)::int as walked from pg_stat_xact_user_tables
     where schemaname = 'log' and relname like 'event%'`,
  );
  await admin.query('rollback');
  expect(rows[0]?.walked).toBeLessThanOrEqual(4);
});
