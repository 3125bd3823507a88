import type { CustomerReturnFact } from '@recoup/contracts';
import { inTransaction } from '@recoup/event-store';
import { createDatabase, eventually } from '@recoup/testkit';
import { Pool } from 'pg';
import { expect, it } from 'vitest';
import type { FactKind } from './kinds.js';
import { recordFacts, type RecordFacts } from './record.js';
import { ledger } from './testing/rows.js';

const customerReturn = (n: number): CustomerReturnFact => ({
  ...{ orderId: `order-${n}`, returnedAt: '2026-08-20T10:00:00Z', sku: 'SKU-1', asin: 'B001' },
  ...{ fnsku: `X${n}`, productName: 'Bottle', quantity: 1, fulfillmentCenter: 'PHX7' },
  ...{ disposition: 'SELLABLE', reason: 'DEFECTIVE', status: null, licensePlateNumber: `LPN${n}` },
});

it('given a kind that grew since the last statistics, then known versions are still looked up by their key', async () => {
  await using database = await createDatabase();
  const admin = new Pool({ connectionString: database.adminUrl });
  admin.on('error', () => undefined); // the database may be dropped first
  // Each on a connection of its own: one that has told many facts already has a plan.
  const record = async <K extends FactKind>(told: RecordFacts<K>): Promise<void> => {
    const pool = new Pool({ connectionString: database.urlOf('recoup_ingestion_follow'), max: 1 });
    await inTransaction(pool, (tx) => recordFacts(tx, told));
    await pool.end();
  };
  const at = { tenantId: 'tenant-1', syncId: 'sync_1' };
  const movements = Array.from({ length: 20_000 }, (_, n) => ledger({ fnsku: `X${n}` }));
  await record({ ...at, kind: 'ledger', rows: movements });
  await admin.query('vacuum analyze facts.fact');

  const rows = Array.from({ length: 4000 }, (_, n) => customerReturn(n));
  await record({ ...at, kind: 'customerReturn', rows });
  const scans = async (index: string): Promise<number> => {
    const { rows: found } = await admin.query<{ scans: number }>(
      `select idx_scan::int as scans from pg_stat_user_indexes where indexrelname = $1`,
      [index],
    );
    return found[0]?.scans ?? 0;
  };
  const told = async () => (await scans('fact_pkey')) + (await scans('return_by_product'));
  await eventually(async () => (await told()) >= movements.length + rows.length, {
    timeoutMs: 30_000,
  });
  expect(await scans('return_by_product')).toBe(0);
  await admin.end();
});
