import type { Pool, PoolClient } from 'pg';

/** Nothing of a seller is taken up for so many seconds; `stopped`: not even a look-up. */
export async function hold(
  tx: PoolClient,
  tenantId: string,
  { seconds, stopped }: { readonly seconds: number; readonly stopped: boolean },
): Promise<void> {
  await tx.query(
    `insert into evidence.governor (tenant_id, held_until, stopped)
     values ($1, now() + make_interval(secs => $2), $3)
     on conflict (tenant_id) do update set held_until = excluded.held_until, stopped = excluded.stopped`,
    [tenantId, Math.max(seconds, 0), stopped],
  );
}

/** Something has changed for a seller (null: for all of them): what is held is asked for again at once. */
export async function endHolds(tx: PoolClient, tenantId: string | null): Promise<void> {
  await tx.query(
    `update evidence.governor set held_until = '-infinity', stopped = false
     where held_until > now() and ($1::text is null or tenant_id = $1)`,
    [tenantId],
  );
  // After the governors: a look that put filings off by an older hold has shared their rows, and is over by now.
  await tx.query(
    `update evidence.filing set next_try = now(), put_off = false
     where put_off and ($1::text is null or tenant_id = $1)`,
    [tenantId],
  );
}

/** Whether a kill switch is thrown for a seller, its own or that of all, as the log has it at this moment. */
export async function isStopped(db: Pool | PoolClient, tenantId: string): Promise<boolean> {
  const { rows } = await db.query<{ stopped: boolean }>(
    'select evidence.is_stopped($1) as stopped',
    [tenantId],
  );
  return rows[0]?.stopped !== false;
}
