import { sleep } from '@recoup/kernel';
import type { Pool } from 'pg';
import { SyncNotActive } from '../limits/sync-not-active.js';
import type { Job } from './job.js';
import { renewJob } from './lease.js';
import { LeaseLost } from './lease-lost.js';

export interface KeepLease {
  readonly pool: Pool;
  readonly job: Job;
  readonly leaseSeconds: number;
  /** Also asked at each renewal: throws when the sync must not go on. */
  readonly check: () => Promise<void>;
  /** Aborted with the reason as soon as the work must stop. */
  readonly work: AbortController;
}

/**
 * Renews the lease three times in its term, until the work's signal aborts. When renewing fails for the whole term the
 * lease must be taken as lost: somebody else may have it.
 */
export async function keepLease({
  pool,
  job,
  leaseSeconds,
  check,
  work,
}: KeepLease): Promise<void> {
  let renewedAt = performance.now();
  while (!work.signal.aborted) {
    await sleep((leaseSeconds * 1000) / 3, work.signal);
    if (work.signal.aborted) return;
    try {
      const askedAt = performance.now();
      await renewJob(pool, job, leaseSeconds);
      renewedAt = askedAt;
      await check();
    } catch (error) {
      const expired = performance.now() - renewedAt > leaseSeconds * 1000;
      if (isFinal(error)) work.abort(error);
      else if (expired)
        work.abort(new LeaseLost('the lease could not be renewed', { cause: error }));
    }
  }
}

/** Anything else is the database: tried again as long as the lease lasts. */
function isFinal(error: unknown): boolean {
  return error instanceof LeaseLost || error instanceof SyncNotActive;
}
