import type { Pool } from 'pg';

/**
 * Sellers whose next scheduled sync is due, the longest waiting first. `-infinity`: it is not known yet when it is. One
 * range of an index, however many sellers there are.
 */
const DUE = {
  name: 'ingestion-due-sellers',
  text: `select tenant_id, case when isfinite(next_sync_at) then next_sync_at end as due_at, sync_schedule,
      settings_position
    from ingestion.seller_account
    where consent_valid and next_sync_at <= $1 order by next_sync_at limit $2`,
};

/**
 * Only ever forward: of two instances that look at one seller the later word stands. And none that was found out by
 * settings which have changed since.
 */
const PUT_OFF = {
  name: 'ingestion-put-off-seller',
  text: `update ingestion.seller_account set next_sync_at = $3, sync_schedule = $4, own_schedule = $5
    where tenant_id = $1 and settings_position = $2 and next_sync_at < $3`,
};

export interface DueSeller {
  readonly tenantId: string;
  /** Null for who has just connected, or when the schedule has changed: only what comes next is to be found out. */
  readonly dueAt: Date | null;
  /** The schedule by which it is due, by `scheduleName`. */
  readonly dueBy: string | null;
  /** The settings' last change that was heard of. */
  readonly settingsPosition: string;
}

interface DueRow {
  tenant_id: string;
  due_at: Date | null;
  sync_schedule: string | null;
  settings_position: string;
}

export async function dueSellers(pool: Pool, now: Date, limit: number): Promise<DueSeller[]> {
  const { rows } = await pool.query<DueRow>({ ...DUE, values: [now, limit] });
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    dueAt: row.due_at,
    dueBy: row.sync_schedule,
    settingsPosition: row.settings_position,
  }));
}

export interface NextSync {
  /** Null when none will start by itself. */
  readonly at: Date | null;
  /** By `scheduleName`. */
  readonly schedule: string;
  /** Whether the seller has chosen it. */
  readonly own: boolean;
}

/** What was due is dealt with, and the next one is known; without effect when the settings have changed in between. */
export async function putOff(
  pool: Pool,
  { tenantId, settingsPosition }: DueSeller,
  { at, schedule, own }: NextSync,
): Promise<void> {
  const values = [tenantId, settingsPosition, at ?? 'infinity', schedule, own];
  await pool.query({ ...PUT_OFF, values });
}

/** Forgets what is due by another default than this one: it was changed. Who has chosen a schedule keeps it. */
export async function followSchedule(pool: Pool, schedule: string): Promise<void> {
  await pool.query(
    `update ingestion.seller_account set next_sync_at = '-infinity', sync_schedule = $1
       where not own_schedule and sync_schedule is distinct from $1`,
    [schedule],
  );
}
