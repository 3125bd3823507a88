import type { RecordedEvent } from '@recoup/contracts';
import type { Pool, PoolClient } from 'pg';
import type { AskedBy } from '../reaction.js';

/** A seller whose payments are to be matched, and the latest event that asked for it. */
export interface DueMatching extends AskedBy {
  readonly tenantId: string;
  readonly due: number;
  readonly attempts: number;
}

/** Asks for a seller's payments to be matched. Asked again before they were, it is done once; asked meanwhile, once more. */
export async function askMatching(tx: PoolClient, event: RecordedEvent): Promise<void> {
  const { id, tenantId, correlationId, traceparent } = event;
  await tx.query(
    `insert into evidence.due_matching (tenant_id, event_id, correlation_id, traceparent)
     values ($1, $2, $3, $4)
     on conflict (tenant_id) do update
       set due = due_matching.due + 1, event_id = excluded.event_id,
           correlation_id = excluded.correlation_id, traceparent = excluded.traceparent,
           attempts = 0, next_try = now(), last_error = null`,
    [tenantId, id, correlationId, traceparent],
  );
}

/** Takes the seller that has waited longest, for so many seconds; null when none is due. */
export async function leaseMatching(pool: Pool, seconds: number): Promise<DueMatching | null> {
  const { rows } = await pool.query<DueMatching>(
    `with next as (
       select tenant_id from evidence.due_matching
       where next_try <= now() and leased_until <= now() order by next_try limit 1 for update skip locked)
     update evidence.due_matching d
     set attempts = d.attempts + 1, leased_until = now() + make_interval(secs => $1)
     from next where d.tenant_id = next.tenant_id
     returning d.tenant_id as "tenantId", d.due, d.attempts, d.event_id as "eventId",
       d.correlation_id as "correlationId", d.traceparent`,
    [seconds],
  );
  return rows[0] ?? null;
}

/** Done, unless it was asked for again in the meantime. */
export async function settleMatching(pool: Pool, { tenantId, due }: DueMatching): Promise<void> {
  const { rowCount } = await pool.query(
    'delete from evidence.due_matching where tenant_id = $1 and due = $2',
    [tenantId, due],
  );
  if (rowCount !== 0) return;
  await pool.query(
    `update evidence.due_matching set leased_until = '-infinity' where tenant_id = $1`,
    [tenantId],
  );
}

/** It failed: tried again after a while. */
export async function postponeMatching(
  pool: Pool,
  { tenantId }: DueMatching,
  { delayMs, error }: { readonly delayMs: number; readonly error: string },
): Promise<void> {
  await pool.query(
    `update evidence.due_matching
     set next_try = now() + make_interval(secs => $2), leased_until = '-infinity', last_error = $3
     where tenant_id = $1`,
    [tenantId, delayMs / 1000, error],
  );
}
