import { reimbursementFactSchema } from '@recoup/contracts';
import type { Pool } from 'pg';
import type { PaymentRow } from '../domain/outcomes/payment-row.js';

/** All rows of a tenant's reimbursement reports, as they are known now. */
export async function readPaymentRows(
  pool: Pool,
  tenantId: string,
): Promise<readonly PaymentRow[]> {
  const { rows } = await pool.query<{ key: string; data: unknown; first: string }>(
    `select distinct on (key) key, data, min(batch) over (partition by key) as first
     from facts.fact
     where tenant_id = $1 and kind = 'reimbursement'
     order by key, batch desc`,
    [tenantId],
  );
  return rows.map(({ key, data, first }) => ({
    key,
    data: reimbursementFactSchema.parse(data),
    firstBatch: Number(first),
  }));
}

/** The days on which units of a product were found, as the ledger tells (reasons F and N). */
export async function readFinds(
  pool: Pool,
  { tenantId, fnsku }: { readonly tenantId: string; readonly fnsku: string },
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ day: string }>(
    `select distinct data->>'day' as day from facts.fact
     where tenant_id = $1 and kind = 'ledger' and group_key collate "C" = $2
       and trim(upper(data->>'reason')) in ('F', 'N') and (data->>'quantity')::int > 0
     order by 1`,
    [tenantId, fnsku],
  );
  return rows.map(({ day }) => day);
}
