import { isDeepStrictEqual } from 'node:util';
import type { AllocationLine, ClaimWindow, EventData, NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import { assessmentOf } from './claim-fold.js';
import type { Assessment, ClaimState } from './claim-state.js';
import { awaitsFiling, claimHasEnded, filingHasBegun, isDecided } from './claim-status.js';
import { movedWindow } from './claim-window.js';

/** What a detector says of one loss: all of a claim but the detection that saw it. */
export type ClaimFinding = Omit<EventData<'claim.detected'>, 'detectionId'>;

export interface Observation {
  readonly detectionId: string;
  readonly cause: Cause;
  /** Place in the log up to which the seller asked to be forgotten; 0 for never. */
  readonly erasedUpTo: number;
}

/** A score that only the passing of a day moved by less than this says nothing new. */
const NOTEWORTHY = 0.05;

/**
 * What a finding changes: a new claim (also one that had been withdrawn or had expired), another quantity, another
 * assessment or another window, or nothing. A claim that is being filed, was filed or decided on is not touched: its outcome speaks next.
 * Nor is one that the seller dismissed. What a seller had erased before it was filed is new when it is found again; what
 * was filed stays filed. Seen twice by one detection it makes the same events, by their ids.
 */
export function observe(
  state: ClaimState | null,
  finding: ClaimFinding,
  { detectionId, cause, erasedUpTo }: Observation,
): readonly NewEvent[] {
  const { claimId } = finding;
  const meta = { cause, once: [claimId, detectionId] };
  if (!state || claimHasEnded(state) || wasErased(state, erasedUpTo)) {
    return [eventOf('claim.detected', { ...finding, detectionId }, meta)];
  }
  if (!awaitsFiling(state)) return [];
  const before = state.assessment;
  const assessment = mutable(assessmentOf(finding));
  const moved = movedWindow(state, finding);
  if (before.quantity !== finding.quantity) {
    const reason = quantityReason(before, assessment);
    const data = { claimId, detectionId, previousQuantity: before.quantity, reason };
    return [eventOf('claim.quantity_changed', { ...data, ...assessment, ...moved }, meta)];
  }
  if (!moved.window && !differs(before, assessment)) return [];
  return [eventOf('claim.rescored', { claimId, detectionId, ...assessment, ...moved }, meta)];
}

function wasErased(state: ClaimState, erasedUpTo: number): boolean {
  return state.foundAt <= erasedUpTo && !filingHasBegun(state) && !isDecided(state);
}

/** No fact supports it any more. Only a claim that nobody began to file is taken back. */
export function notSeen(
  state: ClaimState,
  reason: string,
  { detectionId, cause }: Pick<Observation, 'detectionId' | 'cause'>,
): readonly NewEvent[] {
  if (!awaitsFiling(state)) return [];
  const { claimId } = state;
  const data = { claimId, detectionId, reason };
  return [eventOf('claim.withdrawn', data, { cause, once: [claimId, detectionId] })];
}

export interface Expiry {
  /** The day in the claim's marketplace. */
  readonly today: string;
  readonly cause: Cause;
  /** The window that it has by now; left out: the one that it holds. */
  readonly window?: ClaimWindow;
}

/** Ends a claim whose last day has passed unfiled, be it that the day came or that the window was shortened. */
export function expire(
  state: ClaimState,
  { today, cause, window = state }: Expiry,
): readonly NewEvent[] {
  if (!awaitsFiling(state) || today <= window.deadline) return [];
  const { claimId } = state;
  const data = { claimId, deadline: window.deadline, ...movedWindow(state, window) };
  return [eventOf('claim.expired', data, { cause, once: [claimId, String(state.version)] })];
}

/** What became of units since, in the words of the seller; the trace of the allocation has every line. */
const settled: Readonly<Partial<Record<AllocationLine['kind'], string>>> = {
  found: 'found',
  reimbursed: 'paid for',
  transferred: 'given in their place',
  corrected: 'corrected',
  disposed: 'disposed of',
};

function quantityReason(before: Assessment, now: Assessment): string {
  const changes = Object.entries(settled).flatMap(([kind, word]) => {
    const more = unitsOf(now, kind) - unitsOf(before, kind);
    if (more === 0) return [];
    return more > 0 ? [`${more} more ${word}`] : [`${-more} fewer ${word}`];
  });
  const left = `${now.quantity} units are open, before it was ${before.quantity}`;
  return changes.length === 0 ? left : `${left}: ${changes.join(', ')}`;
}

function unitsOf({ allocation }: Assessment, kind: string): number {
  return allocation
    .filter((line) => line.kind === kind)
    .reduce((sum, line) => sum + line.quantity, 0);
}

function differs(before: Assessment, now: Assessment): boolean {
  if (Math.abs(before.score.confidence - now.score.confidence) >= NOTEWORTHY) return true;
  return !isDeepStrictEqual(lasting(before), lasting(now));
}

/** What does not change by the mere passing of days. */
function lasting({ score, ...rest }: Assessment) {
  return { ...rest, model: score.modelVersion, own: score.own ?? null };
}

/** Event data are plain arrays; a finding's are read-only. */
function mutable(assessment: Assessment) {
  return {
    ...assessment,
    allocation: [...assessment.allocation],
    sources: [...assessment.sources],
  };
}
