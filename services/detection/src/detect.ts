import type { ClaimFinding, RiskFinding } from '@recoup/domain';
import { beginDetection, completeDetection, type DetectionDeps } from './detection-stream.js';
import { neededCoverage } from './domain/coverage.js';
import type { PastWindow } from './domain/detector.js';
import type { Examined } from './domain/examine.js';
import { readErasedUpTo } from './erasure.js';
import { examineSeller, type KnownBefore } from './examine-seller.js';
import type { LeasedJob } from './job.js';
import type { Lease } from './lease.js';
import { ownCalibration } from './own-calibration.js';
import { recordFindings } from './record-findings.js';
import { recordRisks } from './record-risks.js';
import { settleRisks } from './settle-risks.js';
import { settleUnseen } from './settle-unseen.js';
import { startTally, type Tally } from './tally.js';

/** Findings that are written together: their claims are read in one query and appended in few calls. */
const BATCH = 200;

export interface DetectionSummary {
  readonly products: number;
  readonly orders: number;
  /** Losses about which nothing could be said: no policy for their place. */
  readonly unjudged: number;
  readonly repeated: boolean;
}

/**
 * One detection from start to end: every product and every order of the tenant through every detector and watcher, each
 * finding to its claim or risk, then the claims and risks that nothing supports any more. May run again from the start after a crash, and changes
 * nothing twice. Throws LeaseLost and Stopping besides what the database throws.
 */
export async function detect(
  deps: DetectionDeps,
  job: LeasedJob,
  lease: Lease,
): Promise<DetectionSummary> {
  if ((await beginDetection(deps, job)) === 'ended') {
    return { products: 0, orders: 0, unjudged: 0, repeated: true };
  }
  const tally = startTally();
  const summary = await examineAll(deps, { job, lease, tally });
  await settleUnseen(deps, { job, lease, tally });
  await settleRisks(deps, { job, lease, tally: tally.risks });
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

async function examineAll(deps: DetectionDeps, run: Run): Promise<DetectionSummary> {
  const { tenantId, asOf, coverage, factsAsOf } = run.job;
  const query = { tenantId, asOf: factsAsOf };
  const [costs, assertions, own] = await Promise.all([
    deps.costs(tenantId),
    deps.assertions(tenantId),
    ownCalibration(deps, run.job),
  ]);
  const known: KnownBefore = {
    ...{ tenantId, asOf, coverage, costs, assertions },
    ...(deps.eligibility && { eligibility: deps.eligibility }),
    ...(own && { own }),
  };
  const facts = { products: deps.products(query), orders: deps.orders(query) };
  const recorder = openRecorder(deps, run);
  const looked = { product: 0, order: 0, charges: 0 };
  for await (const examined of examineSeller(facts, deps, known)) {
    await recorder.add(examined);
    looked[examined.of] += 1;
  }
  const unjudged = await recorder.end();
  return { products: looked.product, orders: looked.order, unjudged, repeated: false };
}

/** Writes findings in batches, so that memory does not follow their number. */
function openRecorder(deps: DetectionDeps, { job, lease, tally }: Run) {
  let findings: ClaimFinding[] = [];
  let tooEarly: ClaimFinding[] = [];
  let pastWindow: PastWindow[] = [];
  let risks: RiskFinding[] = [];
  let unjudged = 0;
  const flush = async (): Promise<void> => {
    lease.check();
    await recordFindings(deps, { job, batch: { findings, tooEarly, pastWindow }, tally });
    await recordRisks(deps, { job, risks, tally: tally.risks });
    findings = [];
    tooEarly = [];
    pastWindow = [];
    risks = [];
  };
  return {
    async add(examined: Examined): Promise<void> {
      findings.push(...examined.findings);
      tooEarly.push(...examined.tooEarly);
      pastWindow.push(...examined.pastWindow);
      risks.push(...examined.risks);
      unjudged += examined.unjudged;
      const held = findings.length + tooEarly.length + pastWindow.length + risks.length;
      if (held >= BATCH) await flush();
    },
    async end(): Promise<number> {
      await flush();
      return unjudged;
    },
  };
}
