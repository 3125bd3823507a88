import type { ClaimFinding } from '@recoup/domain';
import { beginDetection, completeDetection, type DetectionDeps } from './detection-stream.js';
import { openCatalogue } from './domain/catalogue.js';
import { allComplete, type Context } from './domain/context.js';
import { neededCoverage } from './domain/coverage.js';
import type { PastWindow } from './domain/detector.js';
import { examineKey, examineProduct, type Examined } from './domain/examine.js';
import { openChargeBook } from './domain/fees/charge-book.js';
import { openLostReturns } from './domain/orders/lost-returns.js';
import { claimModel } from './domain/score/model.js';
import { readErasedUpTo } from './erasure.js';
import type { LeasedJob } from './job.js';
import type { Lease } from './lease.js';
import { readOwnCalibration } from './own-calibration.js';
import { recordFindings } from './record-findings.js';
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
 * One detection from start to end: every product and every order of the tenant through every detector, each finding to
 * its claim, then the claims that nothing supports any more. May run again from the start after a crash, and changes
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

/** Products before orders: what of a return never reached the shelf is known of the product and claimed for the order. */
async function examineAll(deps: DetectionDeps, run: Run): Promise<DetectionSummary> {
  const { tenantId, asOf, coverage, factsAsOf } = run.job;
  const { detectors } = deps;
  const query = { tenantId, asOf: factsAsOf };
  const lost = openLostReturns();
  const catalogue = openCatalogue();
  const [costs, assertions, own] = await Promise.all([
    deps.costs(tenantId),
    deps.assertions(tenantId),
    readOwnCalibration(deps.store, tenantId, claimModel.version),
  ]);
  const context: Context = {
    ...{ tenantId, asOf, coverage, costs, assertions, catalogue },
    lostReturns: lost.byOrder,
    ...(deps.eligibility && { eligibility: deps.eligibility }),
    ...(own && { own }),
  };
  const returnsTell = allComplete(['ledger', 'returns'], context);
  const recorder = openRecorder(deps, run);
  const charges = openChargeBook();
  let products = 0;
  let orders = 0;
  for await (const product of deps.products(query)) {
    charges.learn(product);
    catalogue.learn(product);
    if (returnsTell) lost.learn(product);
    await recorder.add(examineProduct(product, detectors, context));
    products += 1;
  }
  for await (const order of deps.orders(query)) {
    charges.add(order);
    await recorder.add(examineKey('order', order, { detectors, context }));
    orders += 1;
  }
  for (const sku of charges.all()) {
    await recorder.add(examineKey('charges', sku, { detectors, context }));
  }
  const unjudged = await recorder.end();
  return { products, orders, unjudged, repeated: false };
}

/** Writes findings in batches, so that memory does not follow their number. */
function openRecorder(deps: DetectionDeps, { job, lease, tally }: Run) {
  let findings: ClaimFinding[] = [];
  let tooEarly: ClaimFinding[] = [];
  let pastWindow: PastWindow[] = [];
  let unjudged = 0;
  const flush = async (): Promise<void> => {
    lease.check();
    await recordFindings(deps, { job, batch: { findings, tooEarly, pastWindow }, tally });
    findings = [];
    tooEarly = [];
    pastWindow = [];
  };
  return {
    async add(examined: Examined): Promise<void> {
      findings.push(...examined.findings);
      tooEarly.push(...examined.tooEarly);
      pastWindow.push(...examined.pastWindow);
      unjudged += examined.unjudged;
      if (findings.length + tooEarly.length + pastWindow.length >= BATCH) await flush();
    },
    async end(): Promise<number> {
      await flush();
      return unjudged;
    },
  };
}
