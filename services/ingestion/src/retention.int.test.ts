import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { loadCovered } from './jobs/coverage-so-far.js';
import { retentionRules } from './retention.js';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createDatabase();
  pool = new Pool({ connectionString: database.urlOf('recoup_ingestion_follow') });
  pool.on('error', () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
let tenants = 0;
let tenant: string;
beforeEach(() => {
  tenant = `tenant-${(tenants += 1)}`;
});

async function sweep(): Promise<void> {
  for (const { text, values, atOnce = 1000 } of retentionRules({ SYNC_KEEP_DAYS: 400 })) {
    while ((await pool.query(text, [atOnce, ...values()])).rowCount);
  }
}

interface Sync {
  readonly name: string;
  /** Days since it ended; null for one that is open. */
  readonly ended: number | null;
  readonly followedSince?: string;
}

/** A sync with a closed window of orders. */
async function sync({ name, ended, followedSince }: Sync): Promise<void> {
  const plan = { asOf: '2026-01-01T00:00:00Z', ordersFollowedSince: followedSince ?? null };
  await pool.query(
    `insert into ingestion.job
       (sync_id, tenant_id, position, correlation_id, causation_id, requested_at, plan, state, ended_at)
     values ($1, $2, 1, 'c', gen_random_uuid(), now(), $3, case when $4::float8 is null then 'open' else 'ended' end,
       now() - $4::float8 * interval '1 day')`,
    [`${tenant} ${name}`, tenant, JSON.stringify(plan), ended],
  );
  await pool.query(
    `insert into ingestion.sync_window
       (sync_id, nth, tenant_id, resource, route, basis, from_at, to_at, calls, state)
     select $1, nth, $2, 'orders', 'api', 'updated', now(), now(), 1, 'closed' from generate_series(1, 3) nth`,
    [`${tenant} ${name}`, tenant],
  );
}

async function left(table: string): Promise<string[]> {
  const { rows } = await pool.query<{ sync_id: string }>(
    `select distinct sync_id from ${table} where tenant_id = $1 order by sync_id`,
    [tenant],
  );
  return rows.map(({ sync_id: id }) => id.replace(`${tenant} `, ''));
}

it('given ended syncs, then those past their days go with their windows, and all others stay', async () => {
  await sync({ name: 'past', ended: 400.1 });
  await sync({ name: 'recent', ended: 399.9 });
  await sync({ name: 'open', ended: null });
  await sweep();
  expect(await left('ingestion.job')).toEqual(['open', 'recent']);
  expect(await left('ingestion.sync_window')).toEqual(['open', 'recent']);
});

it('given more than one statement deletes, then all of them go', async () => {
  for (let n = 0; n < 130; n += 1) await sync({ name: `past ${n}`, ended: 500 + n });
  await sweep();
  expect(await left('ingestion.job')).toEqual([]);
});

it('given that the first sync of orders is forgotten, then since when they are followed is still known', async () => {
  await sync({ name: 'first', ended: 450 });
  await sync({ name: 'later', ended: 1, followedSince: '2025-01-01T00:00:00Z' });
  await sweep();
  expect(await left('ingestion.job')).toEqual(['later']);
  const { ordersFollowedSince } = await loadCovered(pool, tenant);
  expect(ordersFollowedSince).toEqual(new Date('2025-01-01T00:00:00Z'));
});

it('given facts that were put aside, then those of a sync that has ended or is unknown go', async () => {
  await sync({ name: 'open', ended: null });
  await sync({ name: 'ended', ended: 0 });
  for (const name of ['open', 'ended', 'unknown']) {
    await pool.query(
      `insert into facts.staged (recording, tenant_id, sync_id, kind, n, id, group_key, data)
       select gen_random_uuid(), $1, $2, 'order', n, n::text, 'g', '{}' from generate_series(1, 1500) n`,
      [tenant, `${tenant} ${name}`],
    );
  }
  await sweep();
  expect(await left('facts.staged')).toEqual(['open']);
});

it('given buckets, then only a full one of a seller who is not connected goes', async () => {
  await pool.query(
    `insert into ingestion.seller_account
       (tenant_id, selling_partner_id, region, marketplaces, refresh_token, log_version)
     values ($1, 'CONNECTED', 'na', '[]', 'sealed', 1)`,
    [tenant],
  );
  const bucket = (seller: string, rate: number, hours: number) =>
    pool.query(
      `insert into ingestion.rate_bucket (seller_id, operation, rate, capacity, tokens, refilled_at)
       values ($1, 'getOrders', $2, 20, 0, now() - $3 * interval '1 hour')`,
      [seller, rate, hours],
    );
  await bucket('CONNECTED', 0.0167, 1000);
  await bucket('GONE', 0.0167, 24.1);
  await bucket('JUST_GONE', 0.0167, 23.9);
  await bucket('STILL_FILLING', 0.0001, 24.1);
  await sweep();
  const { rows } = await pool.query<{ seller_id: string }>(
    'select seller_id from ingestion.rate_bucket order by seller_id',
  );
  expect(rows.map((row) => row.seller_id)).toEqual(['CONNECTED', 'JUST_GONE', 'STILL_FILLING']);
});
