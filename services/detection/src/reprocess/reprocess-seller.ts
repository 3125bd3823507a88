import { newName, sleep } from '@recoup/kernel';
import type { Basis, ReprocessJobs } from '../adapters/reprocess-jobs.js';
import { detect } from '../detect.js';
import type { DetectionDeps } from '../detection-stream.js';
import { compareText } from '../domain/facts.js';
import type { DetectionJob } from '../job.js';
import { Stopping, underLease, type Lease } from '../lease.js';
import type { ClaimChange } from './claim-change.js';
import { paced } from './paced.js';
import { rememberedClaims } from './remembered-claims.js';
import { rememberedRisks } from './remembered-risks.js';
import type { RiskChange } from './risk-change.js';
import { watchChanges, type Changes } from './watch-changes.js';

export interface Reprocessing {
  /** Losses from this day on; null for all. */
  readonly since: string | null;
  readonly dryRun: boolean;
  /** Products and orders looked at per second; null as fast as it goes. */
  readonly rate: number | null;
  readonly signal: AbortSignal;
}

/** How long a process that fell silent keeps its job, in milliseconds. */
export const LEASE_MS = 30_000;
const TURN_MS = 200;

/**
 * Runs today's detectors over the facts that a seller's latest sync left, judged as of now, and answers what that changes
 * about the seller's claims and risks, in the order of their ids. A dry run goes the same way and writes nothing. Throws Stopping
 * when it is told to stop: what was begun in earnest is ended by a worker of the service.
 */
export async function reprocessSeller(
  { jobs, detection }: { readonly jobs: ReprocessJobs; readonly detection: DetectionDeps },
  basis: Basis,
  { since, dryRun, rate, signal }: Reprocessing,
): Promise<Changes> {
  const claims: ClaimChange[] = [];
  const risks: RiskChange[] = [];
  const job: DetectionJob = {
    ...basis,
    ...{ detectionId: newName('detection'), syncId: null, trigger: 'reprocess', since },
    asOf: detection.clock.now(),
  };
  const deps: DetectionDeps = {
    ...detection,
    store: watchChanges(detection.store, {
      dryRun,
      claim: (change) => claims.push(change),
      risk: (change) => risks.push(change),
    }),
    knownClaims: dryRun ? rememberedClaims(detection.knownClaims) : detection.knownClaims,
    knownRisks: dryRun ? rememberedRisks(detection.knownRisks) : detection.knownRisks,
    products: (query) => paced(detection.products(query), rate, signal),
    orders: (query) => paced(detection.orders(query), rate, signal),
  };
  if (dryRun) await detect(deps, { ...job, fence: 0, attempts: 1 }, stoppedBy(signal));
  else await detectInEarnest(jobs, deps, { job, signal });
  return {
    claims: claims.sort((a, b) => compareText(a.claimId, b.claimId)),
    risks: risks.sort((a, b) => compareText(a.riskId, b.riskId)),
  };
}

async function detectInEarnest(
  jobs: ReprocessJobs,
  deps: DetectionDeps,
  { job, signal }: { readonly job: DetectionJob; readonly signal: AbortSignal },
): Promise<void> {
  const mine = await jobs.take(job, newName('reprocess'));
  const terms = { everyMs: LEASE_MS / 3, renew: () => jobs.renew(mine), signal };
  try {
    await underLease(terms, async (lease) => {
      while (!(await jobs.isTurn(job))) {
        lease.check();
        await sleep(TURN_MS, signal);
      }
      await detect(deps, mine, lease);
    });
    await jobs.finish(mine, 'done');
  } catch (error) {
    await jobs.giveBack(mine, { error: String(error), afterMs: 0, counts: false });
    throw error;
  }
}

function stoppedBy(signal: AbortSignal): Lease {
  return {
    check() {
      if (signal.aborted) throw new Stopping('told to stop');
    },
  };
}
