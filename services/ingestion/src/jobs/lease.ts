import type { Pool, PoolClient } from 'pg';
import type { StoredPlan } from '../plan/stored-plan.js';
import type { Job } from './job.js';
import { LeaseLost } from './lease-lost.js';
import { IS_WAITING, WAITING_SINCE } from './waiting-jobs.js';

/** The job that has waited longest. Skips rows that another worker is just taking, so that none waits for another. */
const TAKE = {
  name: 'ingestion-take-job',
  text: `update ingestion.job j set owner = $1, leased_until = now() + make_interval(secs => $2),
      fence = j.fence + 1, stalls = j.stalls + 1
    where j.sync_id = (
      select sync_id from ingestion.job waiting where ${IS_WAITING}
      order by ${WAITING_SINCE} limit 1 for update skip locked)
    returning j.sync_id, j.tenant_id, j.correlation_id, j.causation_id, j.traceparent, j.plan, j.fence, j.stalls,
      j.buyers_refused`,
};

const RENEW = {
  name: 'ingestion-renew-job',
  text: `update ingestion.job set leased_until = now() + make_interval(secs => $3)
    where sync_id = $1 and fence = $2 and state = 'open'`,
};

const RELEASE = {
  name: 'ingestion-release-job',
  text: `update ingestion.job set leased_until = '-infinity', owner = null, stalls = stalls - $4,
      not_before = now() + make_interval(secs => $3)
    where sync_id = $1 and fence = $2`,
};

const END = {
  name: 'ingestion-end-job',
  text: `update ingestion.job set state = 'ended', ended_at = now(), owner = null, leased_until = '-infinity'
    where sync_id = $1 and fence = $2`,
};

/**
 * Key share: renewals and other windows of the same worker go on beside it, while a takeover (for update, skip locked)
 * passes the row by until the commit.
 */
const HOLD = {
  name: 'ingestion-hold-job',
  text: `select from ingestion.job where sync_id = $1 and fence = $2 and state = 'open' for key share`,
};

interface JobRow {
  readonly sync_id: string;
  readonly tenant_id: string;
  readonly correlation_id: string;
  readonly causation_id: string;
  readonly traceparent: string | null;
  readonly plan: StoredPlan | null;
  readonly fence: number;
  readonly stalls: number;
  readonly buyers_refused: boolean;
}

/** Leases the job that has waited longest for `seconds`; null when there is none. */
export async function takeJob(pool: Pool, owner: string, seconds: number): Promise<Job | null> {
  const { rows } = await pool.query<JobRow>({ ...TAKE, values: [owner, seconds] });
  const row = rows[0];
  return row
    ? {
        syncId: row.sync_id,
        tenantId: row.tenant_id,
        correlationId: row.correlation_id,
        causationId: row.causation_id,
        traceparent: row.traceparent,
        plan: row.plan,
        fence: row.fence,
        stalls: row.stalls,
        buyersRefused: row.buyers_refused,
      }
    : null;
}

/** Holds a job for `seconds` more. Throws LeaseLost when another worker has it. */
export async function renewJob(pool: Pool, job: Job, seconds: number): Promise<void> {
  const values = [job.syncId, job.fence, seconds];
  const { rowCount } = await pool.query({ ...RENEW, values });
  if (rowCount === 0) throw new LeaseLost(`sync ${job.syncId} is another worker's`);
}

export interface Release {
  /** Nobody takes the job before, in seconds. */
  readonly pauseSeconds: number;
  /** An orderly stop, or a turn that is over, is no sign of a job that cannot be done. */
  readonly countsAsStall: boolean;
}

/** Gives a job back for another worker to take at once, or after a pause; it queues behind all that wait by then. */
export async function releaseJob(pool: Pool, job: Job, release: Release): Promise<void> {
  const forgiven = release.countsAsStall ? 0 : 1;
  const values = [job.syncId, job.fence, release.pauseSeconds, forgiven];
  await pool.query({ ...RELEASE, values });
}

/** Remembers that Amazon refuses buyer data to this sync, for whoever takes it up next. */
export async function noteBuyersRefused(pool: Pool, job: Job): Promise<void> {
  await pool.query(
    'update ingestion.job set buyers_refused = true where sync_id = $1 and fence = $2',
    [job.syncId, job.fence],
  );
}

/** The sync has ended, one way or another: no worker is needed any more. */
export async function endJob(pool: Pool, job: Job): Promise<void> {
  await pool.query({ ...END, values: [job.syncId, job.fence] });
}

/**
 * Proves inside a transaction that the job is still this worker's, and holds it until the commit: a worker that lost
 * its lease cannot close a window. Throws LeaseLost.
 */
export async function holdJob(tx: PoolClient, job: Job): Promise<void> {
  const { rowCount } = await tx.query({ ...HOLD, values: [job.syncId, job.fence] });
  if (rowCount === 0) throw new LeaseLost(`sync ${job.syncId} is another worker's`);
}

/** A window was closed: the job does get on. */
export async function forgetStalls(tx: PoolClient, job: Job): Promise<void> {
  await tx.query('update ingestion.job set stalls = 0 where sync_id = $1 and stalls > 0', [
    job.syncId,
  ]);
}
