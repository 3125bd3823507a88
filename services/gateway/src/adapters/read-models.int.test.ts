import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { Pool, type PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LISTED } from '../routes/claim-words.js';
import { claimData, recorder, UNKNOWN_VALUE, worth } from '../testing/event-data.js';
import { claimProjection, type ClaimRow } from '../projections/claim.js';
import { openReadModels, type ClaimFilter, type ReadModels } from './read-models.js';

const CLAIMS = 5000;
const all: ClaimFilter = {
  statuses: LISTED,
  tier: null,
  claimType: null,
  after: null,
  limit: 20,
  offset: 0,
};
const LONG_AGO = '2000-01-01T00:00:00.000Z';

let database: TestDatabase;
let admin: Pool;
/** One connection: what a read leaves behind would meet the next one. */
let pool: Pool;
let reads: ReadModels;

beforeAll(async () => {
  database = await createDatabase();
  admin = new Pool({ connectionString: database.adminUrl });
  pool = new Pool({ connectionString: database.urlOf('recoup_gateway_tenant'), max: 1 });
  for (const opened of [admin, pool]) opened.on('error', () => undefined);
  reads = openReadModels(pool);
  for (const tenant of ['tenant-a', 'tenant-b']) await fill(tenant);
  await admin.query('vacuum analyze rm.claim_v1');
});
afterAll(async () => {
  await Promise.all([pool.end(), admin.end()]);
  await database.drop();
});

function claimRow(claimId: string, index: number): ClaimRow {
  const value = index % 5 === 0 ? UNKNOWN_VALUE : worth('1.10');
  const event = recorder()('claim-1', 'claim.detected', claimData({ claimId, value }));
  const row = claimProjection.evolve(null, event);
  if (!row) throw new Error('a detected claim makes a row');
  // Four at one instant each: the order among them is by id.
  const detectedAt = new Date(Date.UTC(2026, 0, 1) + Math.floor(index / 4) * 60_000).toISOString();
  return { ...row, detectedAt };
}

async function fill(tenant: string): Promise<void> {
  const docs = Array.from({ length: CLAIMS }, (_, index) => claimRow(`${tenant}-${index}`, index));
  await admin.query(
    `insert into rm.claim_v1 (tenant_id, key, doc, position)
     select $1, doc ->> 'claimId', doc, row_number() over () from jsonb_array_elements($2) doc`,
    [tenant, JSON.stringify(docs)],
  );
  const payment = { kind: 'paid', day: '2026-11-20', amount: null, unitsInKind: 0 };
  for (const table of ['sync_v1', 'activity_v1', 'connection_v1', 'payment_v1']) {
    const doc = table === 'payment_v1' ? payment : { tenant, type: 'x' };
    await admin.query(
      `insert into rm.${table} (tenant_id, key, doc, position) values ($1, $2, $3, 1)`,
      [tenant, table === 'connection_v1' ? 'amazon' : tenant, doc],
    );
  }
}

describe('reads for one tenant', () => {
  it('then give that tenant’s rows and no other’s', async () => {
    const page = { limit: 100, offset: 0 };
    const claims = await reads.claims('tenant-a', { ...all, limit: 100 });
    expect(claims.every(({ claimId }) => claimId.startsWith('tenant-a-'))).toBe(true);
    expect(await reads.syncs('tenant-a', { ...page, status: null })).toEqual({
      total: 1,
      syncs: [{ tenant: 'tenant-a', type: 'x' }],
    });
    expect(await reads.activity('tenant-a', { kinds: null, ...page })).toEqual([
      { tenant: 'tenant-a', type: 'x' },
    ]);
    expect(await reads.activity('tenant-a', { kinds: ['claim_paid'], ...page })).toEqual([]);
    expect(await reads.connection('tenant-a')).toEqual({ tenant: 'tenant-a', type: 'x' });
    expect(await reads.sync('tenant-a', 'tenant-b')).toBeNull();
    const [mine, other] = [{ tenant: 'tenant-a', type: 'x' }, 'tenant-b'];
    expect(await reads.syncOrBehind('tenant-a', 'tenant-a')).toEqual({ row: mine, behind: false });
    expect(await reads.syncOrBehind('tenant-a', other)).toEqual({ row: null, behind: false });
    expect(await reads.claimTotals('tenant-c', LONG_AGO)).toEqual([]);
  });

  it('given totals, then counts, unknown values and exact sums', async () => {
    const totals = await reads.claimTotals('tenant-a', LONG_AGO);
    const group = {
      status: 'detected',
      tier: 'auto',
      claim_type: 'lost_inventory',
      documented: 0,
      decided_since: 0,
    };
    expect(totals.sort((a, b) => a.claims - b.claims)).toEqual([
      { ...group, currency: null, claims: 1000, unknown: 1000, amount: '0', expected: '0' },
      {
        ...group,
        currency: 'USD',
        claims: 4000,
        unknown: 0,
        amount: '4400.00',
        expected: '4004.0000',
      },
    ]);
  });
});

describe('row-level security', () => {
  const TABLES = [
    'rm.sync',
    'rm.claim',
    'rm.payment',
    'rm.activity',
    'rm.connection',
    'rm.claim_v1',
    'log.event',
  ];

  it.each(TABLES)('given a query on %s that names another tenant, then nothing', async (table) => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('app.tenant_id', 'tenant-a', true)`);
      const theirs = `select count(*)::int as rows from ${table} where tenant_id = 'tenant-b'`;
      expect((await client.query(theirs)).rows).toEqual([{ rows: 0 }]);
      const any = `select distinct tenant_id from ${table} where tenant_id <> 'tenant-a'`;
      expect((await client.query(any)).rows).toEqual([]);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it.each(TABLES)(
    'given a read before on the same connection, then %s shows nothing',
    async (table) => {
      await reads.claims('tenant-a', all);
      const { rows } = await pool.query(`select count(*)::int as rows from ${table}`);
      expect(rows).toEqual([{ rows: 0 }]);
    },
  );

  it.each([
    'delete from rm.claim_v1',
    `update rm.sync_v1 set tenant_id = 'tenant-a'`,
    'select * from gateway.oauth_state',
    'select * from log.reservation',
    `insert into log.event (shard, position) values (0, 1)`,
  ])('given %s, then it is refused', async (statement) => {
    await expect(pool.query(statement)).rejects.toThrow(/permission denied/);
  });
});

describe('pages of 5,000 claims', () => {
  it('given every page after page, then each claim once, newest first, ties by id', async () => {
    const seen: ClaimRow[] = [];
    for (let after: ClaimFilter['after'] = null; ;) {
      const page = await reads.claims('tenant-a', { ...all, after, limit: 100 });
      seen.push(...page);
      const last = page.at(-1);
      if (!last) break;
      after = [last.detectedAt, last.claimId];
    }
    const keys = seen.map(({ detectedAt, claimId }) => `${detectedAt} ${claimId}`);
    expect(new Set(keys).size).toBe(CLAIMS);
    // JavaScript compares by code unit, which for these ids is bytewise, as the cursor does.
    expect(keys).toEqual([...keys].sort().reverse());
  });

  it.each([
    ['the first page', null],
    ['a page deep inside', ['2026-01-01T10:00:00.000Z', 'tenant-a-2401']],
  ] as const)(
    'given %s, then it reads about as many rows as it gives, by the index',
    async (_, after) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const before = await rowsRead(client);
        const { rowCount } = await client.query(
          'select doc from read.claims($1, $2, null, null, $3, 20, 0)',
          ['tenant-a', LISTED, after],
        );
        const { scanned, fetched } = await rowsRead(client);
        expect(rowCount).toBe(20);
        expect(scanned - before.scanned).toBe(0);
        expect(fetched - before.fetched).toBeLessThanOrEqual(40);
      } finally {
        await client.query('rollback');
        client.release();
      }
    },
  );
});

/** Rows of claims that this connection has read, by scans of the table and by its indexes. */
async function rowsRead(client: PoolClient): Promise<{ scanned: number; fetched: number }> {
  const { rows } = await client.query<{ scanned: number; fetched: number }>(
    `select seq_tup_read::int as scanned, idx_tup_fetch::int as fetched
     from pg_stat_xact_user_tables where relid = 'rm.claim_v1'::regclass`,
  );
  return rows[0]!;
}
