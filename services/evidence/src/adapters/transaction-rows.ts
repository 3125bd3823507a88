import { transactionFactSchema } from '@recoup/contracts';
import type { Pool } from 'pg';
import type { TransactionRow } from '../domain/outcomes/credit.js';

/** What claims are about, by which transactions are looked up. */
export interface About {
  readonly skus: readonly string[];
  readonly orderIds: readonly string[];
}

/** Groups asked for in one query. */
const TOGETHER = 500;

/**
 * The transactions that are about any of these products or orders, and all that stand by their day: fees of the account, which
 * name a product or a shipment at most in passing. Sales are left out. Each as it is known now.
 */
export async function readTransactionRows(
  pool: Pool,
  tenantId: string,
  { skus, orderIds }: About,
): Promise<readonly TransactionRow[]> {
  const groups = [...new Set([...skus, ...orderIds])];
  const rows: TransactionRow[] = [];
  for (let from = 0; from < groups.length; from += TOGETHER) {
    const some = groups.slice(from, from + TOGETHER);
    rows.push(...(await read(pool, `group_key collate "C" = any ($2)`, [tenantId, some])));
  }
  for (const type of BY_DAY) {
    // '!' follows the blank in the order of code units.
    const where = `group_key collate "C" >= $2 and group_key collate "C" < $3`;
    rows.push(...(await read(pool, where, [tenantId, `${type} `, `${type}!`])));
  }
  return rows;
}

/** Types that are grouped by their day where they name no product. */
const BY_DAY = ['ServiceFee', 'Adjustment', 'SafetReimbursement'] as const;

async function read(
  pool: Pool,
  where: string,
  values: readonly unknown[],
): Promise<TransactionRow[]> {
  const { rows } = await pool.query<{ key: string; data: unknown; first: string }>(
    `select distinct on (key) key, data, min(batch) over (partition by key) as first
     from facts.fact
     where tenant_id = $1 and kind = 'transaction' and ${where} and data ->> 'type' <> 'Shipment'
     order by key, batch desc`,
    [...values],
  );
  return rows.map(({ key, data, first }) => ({
    key,
    data: transactionFactSchema.parse(data),
    firstBatch: Number(first),
  }));
}
