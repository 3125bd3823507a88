import { streams } from '@recoup/contracts';
import { connectionState } from '@recoup/domain';
import { backoffMs, codeOf, messageOf } from '@recoup/kernel';
import { counter } from '@recoup/service-kit';

import type { Log } from '../log.js';
import { ReauthorizationRequired } from '../amazon/errors.js';
import { accountOfTenant, type SellerAccount } from '../connect/seller-account.js';
import type { Job } from '../jobs/job.js';
import { keepLease } from '../jobs/keep-lease.js';
import { endJob, releaseJob, renewJob } from '../jobs/lease.js';
import { LeaseLost } from '../jobs/lease-lost.js';
import { TurnOver } from '../jobs/turn-over.js';
import { assertActive } from '../limits/assert-active.js';
import { SyncNotActive } from '../limits/sync-not-active.js';
import { failSync } from './end-sync.js';
import { failureOf, INTERNAL, NOT_CONNECTED, REAUTHORIZATION, type Failure } from './failure.js';
import { requireConsent } from './require-consent.js';
import { runSync, type SyncDeps } from './run-sync.js';
import { SourceFailed } from './source-failed.js';
import { openSyncJournal } from './sync-journal.js';

export interface WorkDeps extends SyncDeps {
  readonly leaseSeconds: number;
  /** Aborted when the service stops. */
  readonly signal: AbortSignal;
}

const failures = counter(
  {
    name: 'recoup_sync_failures_total',
    help: 'Syncs that failed, by the code that their sellers are told. Each is counted by the worker that gave it up.',
    labels: ['code'],
  },
  [INTERNAL, NOT_CONNECTED, REAUTHORIZATION].map(({ code }) => ({ code })),
);

/** So many leases in a row that closed no window: the job cannot be done by trying again. */
const MOST_STALLS = 12;

/**
 * Works on a leased job until its sync has ended, the lease is lost, its turn is over, or the service stops. Throws
 * nothing.
 */
export async function workOnJob(deps: WorkDeps, job: Job, turn: AbortSignal): Promise<void> {
  const log = deps.log.child({ sync: job.syncId, correlationId: job.correlationId });
  const work = new AbortController();
  const stop = (): void => work.abort(deps.signal.reason);
  deps.signal.addEventListener('abort', stop, { once: true });
  if (deps.signal.aborted) stop();
  const lease = keepLease({
    pool: deps.pool,
    leaseSeconds: deps.leaseSeconds,
    job,
    work,
    check: () => assertActive(deps.store, job),
  });
  try {
    log.info({ lease: job.fence }, 'sync taken up');
    await attempt(deps, { job, work, turn, log });
    await endJob(deps.pool, job);
  } catch (error) {
    await giveUp(deps, job, { error: work.signal.aborted ? work.signal.reason : error, log }).catch(
      // The lease then ends by itself.
      (failure: unknown) => log.warn(`could not give the job back: ${messageOf(failure)}`),
    );
  } finally {
    work.abort();
    deps.signal.removeEventListener('abort', stop);
    await lease;
  }
}

interface Attempt {
  readonly job: Job;
  readonly work: AbortController;
  readonly turn: AbortSignal;
  readonly log: Log;
}

async function attempt(deps: WorkDeps, { job, work, turn, log }: Attempt): Promise<void> {
  const assertLease = (): Promise<void> => renewJob(deps.pool, job, deps.leaseSeconds);
  const journal = await openSyncJournal({ ...deps, job, assertLease });
  const fail = (failure: Failure): Promise<void> => {
    failures.inc({ code: failure.code });
    return failSync({ ...deps, job, journal }, failure);
  };
  if (job.stalls > MOST_STALLS) return fail(INTERNAL);
  const account = await connectedAccount(deps, job.tenantId);
  if (!account) return fail(NOT_CONNECTED);
  try {
    await runSync(deps, { job, account, journal, work, turn });
    log.info('sync complete');
  } catch (error) {
    const cause = error instanceof SourceFailed ? error.cause : error;
    const failure = work.signal.aborted
      ? null
      : failureOf(cause, error instanceof SourceFailed ? error.resource : null);
    if (!failure) throw cause;
    log.warn({ code: failure.code, reason: messageOf(cause) }, 'sync failed');
    if (cause instanceof ReauthorizationRequired) await askForConsent(deps, job, cause);
    await fail(failure);
  }
}

/**
 * The account that a sync may use. The log is asked as well: a sync that was asked for while the seller disconnected may
 * be heard of before the disconnection, and must not make a call.
 */
async function connectedAccount(
  { pool, store }: WorkDeps,
  tenantId: string,
): Promise<SellerAccount | null> {
  const events = await store.readStream(tenantId, streams.connection(tenantId));
  if (connectionState(events)?.state === 'disconnected') return null;
  return accountOfTenant(pool, tenantId);
}

async function askForConsent(
  deps: WorkDeps,
  job: Job,
  { message, consent }: ReauthorizationRequired,
): Promise<void> {
  // There was none to refuse: the connection says so itself.
  if (consent === null) return;
  const { correlationId, causationId, traceparent } = job;
  const cause = {
    actor: 'service:ingestion',
    at: deps.clock.now(),
    correlationId,
    causationId,
    traceparent,
  };
  await requireConsent(deps, job.tenantId, { consent, reason: message, cause });
}

/** What is to become of a job whose attempt ended without the end of its sync. */
async function giveUp(
  { pool, signal }: WorkDeps,
  job: Job,
  { error, log }: { readonly error: unknown; readonly log: Log },
): Promise<void> {
  if (error instanceof LeaseLost) {
    log.warn('the lease was lost; another worker goes on');
    return;
  }
  if (error instanceof SyncNotActive) {
    log.info({ reason: error.message }, 'sync ended elsewhere');
    return endJob(pool, job);
  }
  const turnOver = error instanceof TurnOver;
  if (turnOver) log.info('the turn is over; the sync goes on after those that wait');
  if (signal.aborted || turnOver) {
    return releaseJob(pool, job, { pauseSeconds: 0, countsAsStall: false });
  }
  log.error({ err: error, code: codeOf(error) }, 'sync interrupted; it will be taken up again');
  const pauseSeconds = backoffMs(job.stalls, { baseMs: 500, capMs: 60_000 }) / 1000;
  await releaseJob(pool, job, { pauseSeconds, countsAsStall: true });
}
