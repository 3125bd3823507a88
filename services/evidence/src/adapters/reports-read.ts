import type { Coverage } from '@recoup/contracts';
import type { Pool, PoolClient } from 'pg';

/** Notes up to which day a sync read the reimbursement reports; one with a gap says nothing new. */
export async function noteReportsRead(
  tx: PoolClient,
  tenantId: string,
  coverage: Coverage | undefined,
): Promise<void> {
  if (coverage?.state !== 'complete' || coverage.to === null) return;
  await tx.query(
    `insert into evidence.reports_read (tenant_id, reimbursements_to) values ($1, $2)
     on conflict (tenant_id) do update
       set reimbursements_to = greatest(reports_read.reimbursements_to, excluded.reimbursements_to)`,
    [tenantId, coverage.to],
  );
}

/** The last day up to which a tenant's reimbursement reports were read whole; null while none were. */
export async function reportsReadTo(pool: Pool, tenantId: string): Promise<string | null> {
  const { rows } = await pool.query<{ day: string }>(
    'select reimbursements_to::text as day from evidence.reports_read where tenant_id = $1',
    [tenantId],
  );
  return rows[0]?.day ?? null;
}

/** A seller who is back is read anew. */
export async function forgetReportsRead(tx: PoolClient, tenantId: string): Promise<void> {
  await tx.query('delete from evidence.reports_read where tenant_id = $1', [tenantId]);
}
