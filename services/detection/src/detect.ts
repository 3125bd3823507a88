import type { ClaimFinding } from '@recoup/domain';
import { beginDetection, completeDetection, type DetectionDeps } from './detection-stream.js';
import type { PastWindow } from './domain/detector.js';
import { examine, neededCoverage } from './domain/examine.js';
import { readErasedUpTo } from './erasure.js';
import type { LeasedJob } from './job.js';
import type { Lease } from './lease.js';
import { recordFindings } from './record-findings.js';
import { settleUnseen } from './settle-unseen.js';
import { startTally, type Tally } from './tally.js';

/** Findings that are written together: their claims are read in one query and appended in few calls. */
const BATCH = 200;

export interface DetectionSummary {
  readonly products: number;
  /** Losses about which nothing could be said: no policy for their place. */
  readonly unjudged: number;
  readonly repeated: boolean;
}

/**
 * One detection from start to end: every product of the tenant through every detector, each finding to its claim, then
 * the claims that nothing supports any more. May run again from the start after a crash, and changes nothing twice.
 * Throws LeaseLost and Stopping besides what the database throws.
 */
export async function detect(
  deps: DetectionDeps,
  job: LeasedJob,
  lease: Lease,
): Promise<DetectionSummary> {
  if ((await beginDetection(deps, job)) === 'ended') {
    return { products: 0, unjudged: 0, repeated: true };
  }
  const tally = startTally();
  const summary = await examineProducts(deps, { job, lease, tally });
  await settleUnseen(deps, { job, lease, tally });
  lease.check();
  await readErasedUpTo(deps, job);
  const coverage = neededCoverage(deps.detectors, job.coverage);
  await completeDetection(deps, job, { ...tally.result(), coverage });
  return summary;
}

interface Run {
  readonly job: LeasedJob;
  readonly lease: Lease;
  readonly tally: Tally;
}

async function examineProducts(
  deps: DetectionDeps,
  { job, lease, tally }: Run,
): Promise<DetectionSummary> {
  const { tenantId, asOf, coverage } = job;
  const examination = { tenantId, asOf, coverage, detectors: deps.detectors };
  let findings: ClaimFinding[] = [];
  let pastWindow: PastWindow[] = [];
  let products = 0;
  let unjudged = 0;
  const flush = async (): Promise<void> => {
    lease.check();
    await recordFindings(deps, { job, batch: { findings, pastWindow }, tally });
    findings = [];
    pastWindow = [];
  };
  for await (const facts of deps.products({ tenantId, asOf: job.factsAsOf })) {
    const examined = examine(facts, examination);
    findings.push(...examined.findings);
    pastWindow.push(...examined.pastWindow);
    products += 1;
    unjudged += examined.unjudged;
    if (findings.length + pastWindow.length >= BATCH) await flush();
  }
  await flush();
  return { products, unjudged, repeated: false };
}
