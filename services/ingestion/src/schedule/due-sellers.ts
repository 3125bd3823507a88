import type { Pool } from 'pg';

/**
 * Sellers whose next scheduled sync is due, the longest waiting first. `-infinity`: it is not known yet when it is. One
 * range of an index, however many sellers there are.
 */
const DUE = {
  name: 'ingestion-due-sellers',
  text: `select tenant_id, case when isfinite(next_sync_at) then next_sync_at end as due_at
    from ingestion.seller_account
    where consent_valid and next_sync_at <= $1 order by next_sync_at limit $2`,
};

/** Only ever forward: of two instances that look at one seller the later word stands. */
const PUT_OFF = {
  name: 'ingestion-put-off-seller',
  text: `update ingestion.seller_account set next_sync_at = $2, sync_schedule = $3
    where tenant_id = $1 and next_sync_at < $2`,
};

export interface DueSeller {
  readonly tenantId: string;
  /** Null for who has just connected, or when the schedule has changed: only what comes next is to be found out. */
  readonly dueAt: Date | null;
}

export async function dueSellers(pool: Pool, now: Date, limit: number): Promise<DueSeller[]> {
  const { rows } = await pool.query<{ tenant_id: string; due_at: Date | null }>({
    ...DUE,
    values: [now, limit],
  });
  return rows.map((row) => ({ tenantId: row.tenant_id, dueAt: row.due_at }));
}

/** What was due is dealt with; the next one is due at `next`. */
export async function putOff(
  pool: Pool,
  tenantId: string,
  { next, schedule }: { readonly next: Date; readonly schedule: string },
): Promise<void> {
  await pool.query({ ...PUT_OFF, values: [tenantId, next, schedule] });
}

/** Forgets what is due by another schedule than this one: it was changed, or was off for a while. */
export async function followSchedule(pool: Pool, schedule: string): Promise<void> {
  await pool.query(
    `update ingestion.seller_account set next_sync_at = '-infinity', sync_schedule = $1
       where sync_schedule is distinct from $1`,
    [schedule],
  );
}
