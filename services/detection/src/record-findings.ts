import { dayIn } from '@recoup/kernel';
import {
  type ClaimFinding,
  claimIsOpen,
  type ClaimState,
  dayAtMarketplace,
  expire,
  observe,
} from '@recoup/domain';
import type { NewEvent } from '@recoup/contracts';
import type { MetClaim } from './adapters/known-claims.js';
import { decideClaim, readClaims } from './claim-stream.js';
import { causeOf, type DetectionDeps } from './detection-stream.js';
import type { PastWindow } from './domain/detector.js';
import { readErasedUpTo } from './erasure.js';
import { concerns, type LeasedJob } from './job.js';
import type { Tally } from './tally.js';

export interface Batch {
  readonly findings: readonly ClaimFinding[];
  readonly tooEarly: readonly ClaimFinding[];
  readonly pastWindow: readonly PastWindow[];
}

/**
 * Appends what a batch of findings changes, and lets known claims expire whose window has closed. A claim that is open stays
 * open when its window turns out to open later. The table knows a claim before the log has it: killed in between, no claim
 * is left that a later detection would not look at. The repeat meets its own events and counts them as what they were.
 */
export async function recordFindings(
  deps: DetectionDeps,
  { job, batch, tally }: { readonly job: LeasedJob; readonly batch: Batch; readonly tally: Tally },
): Promise<void> {
  const { tenantId } = job;
  const inScope = ({ lossDay }: ClaimFinding) => concerns(job, lossDay);
  const late = new Map(batch.pastWindow.map((past) => [past.claimId, past]));
  const early = batch.tooEarly.filter(inScope);
  const asked = [...late.keys(), ...early.map(({ claimId }) => claimId)];
  const known = await deps.knownClaims.among(tenantId, asked);
  const open = await openAmong(deps, { job, known, early });
  const findings = [...batch.findings.filter(inScope), ...open];
  await deps.knownClaims.note(job, findings.map(metOpen));
  const erased = await readErasedUpTo(deps, job);
  const passed = [...late.values()].filter(({ claimId }) => known.has(claimId));
  const wanted = [...findings, ...passed].map(({ claimId }) => claimId);
  const states = await readClaims(deps.store, tenantId, wanted);
  for (const { claimId, units } of late.values()) {
    if (!states.has(claimId)) tally.pastWindow(units);
  }
  const [, expired] = await Promise.all([
    Promise.all(
      findings.map((finding) => recordFinding(deps, { job, finding, states, erased, tally })),
    ),
    Promise.all(
      passed.map((past) =>
        expireClaim(deps, { job, past, state: states.get(past.claimId), tally }),
      ),
    ),
  ]);
  await deps.knownClaims.note(
    job,
    expired.filter((claim) => claim !== null),
  );
}

interface Early {
  readonly job: LeasedJob;
  readonly known: ReadonlySet<string>;
  readonly early: readonly ClaimFinding[];
}

/** What is too early for a new claim and is one that is open already. */
async function openAmong(
  { store }: DetectionDeps,
  { job, known, early }: Early,
): Promise<readonly ClaimFinding[]> {
  const met = early.filter(({ claimId }) => known.has(claimId));
  const ids = met.map(({ claimId }) => claimId);
  const states = await readClaims(store, job.tenantId, ids);
  return met.filter(({ claimId }) => {
    const state = states.get(claimId);
    return state !== undefined && claimIsOpen(state);
  });
}

function metOpen({ claimId, subtype, subject }: ClaimFinding): MetClaim {
  return { claimId, subtype, fnsku: subject.fnsku, state: 'open', seen: true };
}

interface FindingContext {
  readonly job: LeasedJob;
  readonly finding: ClaimFinding;
  readonly states: ReadonlyMap<string, ClaimState>;
  readonly erased: number;
  readonly tally: Tally;
}

async function recordFinding(
  deps: DetectionDeps,
  { job, finding, states, erased, tally }: FindingContext,
): Promise<void> {
  const { claimId, value } = finding;
  const { detectionId, tenantId } = job;
  const observation = { detectionId, cause: causeOf(deps, job), erasedUpTo: erased };
  const { state, events } = await decideClaim(deps.store, {
    tenantId,
    claimId,
    state: states.get(claimId) ?? null,
    decide: (now) => observe(now, finding, observation),
  });
  // A loss that the seller dismissed or Amazon decided on is found again, and is nobody's open claim.
  if (events.length > 0 || !state || claimIsOpen(state)) {
    tally.open(outcomeOf(detectionId, state, events), value);
  }
}

/** New or changed by this detection, now or in a run of it that did not live to count. */
function outcomeOf(
  detectionId: string,
  state: ClaimState | null,
  events: readonly NewEvent[],
): 'new' | 'changed' | 'same' {
  if (events.some(({ type }) => type === 'claim.detected')) return 'new';
  if (state?.detectedBy === detectionId) return 'new';
  return events.length > 0 || state?.changedBy === detectionId ? 'changed' : 'same';
}

interface Passed {
  readonly job: LeasedJob;
  readonly past: PastWindow;
  readonly state: ClaimState | undefined;
  readonly tally: Tally;
}

async function expireClaim(
  deps: DetectionDeps,
  { job, past, state, tally }: Passed,
): Promise<MetClaim | null> {
  if (!state || !concerns(job, state.lossDay)) return null;
  const { claimId, subtype, subject } = state;
  const cause = causeOf(deps, job);
  const today = dayAtMarketplace(subject.marketplaceId, job.asOf) ?? dayIn('UTC', job.asOf);
  const decided = await decideClaim(deps.store, {
    tenantId: job.tenantId,
    claimId,
    state,
    decide: (now) => (now ? expire(now, { today, cause, window: past.window }) : []),
  });
  const expired = decided.events.length > 0 || decided.state?.expiredBecause === cause.causationId;
  if (!expired) return null;
  tally.ended('expired');
  return { claimId, subtype, fnsku: subject.fnsku, state: 'ended', seen: true };
}
