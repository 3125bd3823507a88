import type { Pool } from 'pg';

/** Jobs that nobody holds and that may be taken: no disconnection before them still has to be settled. */
export const IS_WAITING = `waiting.state = 'open' and waiting.leased_until < now() and waiting.not_before <= now()
  and not exists (select from ingestion.disconnection d
    where d.tenant_id = waiting.tenant_id and d.position < waiting.position and d.settled_at is null)`;

/**
 * Since when a job waits: since it was asked for, or since it was given back. A job whose worker died kept its old place,
 * and goes first.
 */
export const WAITING_SINCE = 'greatest(waiting.requested_at, waiting.not_before)';

const COUNT = {
  name: 'ingestion-count-waiting-jobs',
  text: `select count(*)::int as jobs from ingestion.job waiting
    where ${IS_WAITING} and ${WAITING_SINCE} < now() - make_interval(secs => $1)`,
};

/** How many jobs have waited for a worker for longer than so many seconds. */
export async function jobsWaitingFor(pool: Pool, seconds: number): Promise<number> {
  const { rows } = await pool.query<{ jobs: number }>({ ...COUNT, values: [seconds] });
  return rows[0]?.jobs ?? 0;
}
