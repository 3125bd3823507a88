import { backoffMs, messageOf, sleep } from '@recoup/kernel';
import { counter, histogram, inSpan, isTransient, SpanKind, stopwatch } from '@recoup/service-kit';
import type { Jobs } from './adapters/jobs.js';
import { failDetection, type DetectionDeps } from './detection-stream.js';
import { detect } from './detect.js';
import { SellerErased } from './erasure.js';
import type { LeasedJob } from './job.js';
import { LeaseLost, Stopping, underLease } from './lease.js';

export interface WorkerDeps {
  readonly jobs: Jobs;
  readonly detection: DetectionDeps;
  readonly leaseMs: number;
}

/** How long a worker without work waits before it looks again, in milliseconds. */
const IDLE_MS = 250;
/** How often a detection is begun before it counts as failed. A crash counts: the job may be what crashes. */
const ATTEMPTS = 8;
const RETRY = { baseMs: 500, capMs: 60_000 };

const duration = histogram(
  {
    name: 'recoup_detection_duration_seconds',
    help: 'Detections that ended, by what asked for them.',
    labels: ['trigger'],
  },
  [0.1, 0.5, 1, 5, 15, 60, 180, 600, 1800],
);
const failures = counter(
  {
    name: 'recoup_detection_failures_total',
    help: 'Detections that were given up after all their tries.',
  },
  [{}],
);

/** Each try is a span of its own in the trace that asked for the detection. */
function inJobSpan(job: LeasedJob, work: () => Promise<void>): Promise<void> {
  const { cause, tenantId, detectionId } = job;
  const attributes = { 'recoup.tenant.id': tenantId, 'recoup.detection.id': detectionId };
  const options = { kind: SpanKind.CONSUMER, parent: cause.traceparent, attributes };
  return inSpan('work on detection', options, work);
}

/** Takes jobs and works them off, one at a time, until the signal. */
export async function runWorker(
  deps: WorkerDeps,
  { owner, signal }: { readonly owner: string; readonly signal: AbortSignal },
): Promise<void> {
  const { jobs, detection } = deps;
  while (!signal.aborted) {
    try {
      const job = await jobs.lease(owner);
      if (job) await inJobSpan(job, () => workOff(deps, job, signal));
      else await sleep(IDLE_MS, signal);
    } catch (error) {
      // The database is away: the lease runs out by itself and the job is taken again.
      detection.log.warn({ err: error }, 'worker interrupted');
      await sleep(backoffMs(1, RETRY), signal);
    }
  }
}

async function workOff(deps: WorkerDeps, job: LeasedJob, signal: AbortSignal): Promise<void> {
  const { jobs, detection, leaseMs } = deps;
  const { detectionId, tenantId, cause } = job;
  const log = detection.log.child({ detectionId, tenantId, correlationId: cause.correlationId });
  const took = stopwatch();
  if (job.attempts > ATTEMPTS) return giveUp(deps, job);
  try {
    const terms = { everyMs: leaseMs / 3, renew: () => jobs.renew(job), signal };
    const summary = await underLease(terms, (lease) => detect(detection, job, lease));
    await jobs.finish(job, 'done');
    duration.observe({ trigger: job.trigger }, took());
    log.info({ ...summary }, 'detection ended');
  } catch (error) {
    await putBack(deps, job, error);
  }
}

async function putBack(deps: WorkerDeps, job: LeasedJob, error: unknown): Promise<void> {
  const { jobs, detection } = deps;
  if (error instanceof LeaseLost) return;
  if (error instanceof SellerErased) return jobs.finish(job, 'failed'); // its row goes with the rest
  const about = { err: error, detectionId: job.detectionId, attempts: job.attempts };
  const stopping = error instanceof Stopping;
  if (stopping)
    detection.log.info({ detectionId: job.detectionId }, 'detection put back at the stop');
  else detection.log.error(about, 'detection interrupted');
  const counts = !stopping && !isTransient(error);
  if (counts && job.attempts >= ATTEMPTS) return giveUp(deps, job);
  const afterMs = stopping ? 0 : backoffMs(job.attempts, RETRY);
  await jobs.giveBack(job, { error: messageOf(error), afterMs, counts });
}

async function giveUp({ jobs, detection }: WorkerDeps, job: LeasedJob): Promise<void> {
  failures.inc({});
  await failDetection(detection, job);
  await jobs.finish(job, 'failed');
}
