import { isDeepStrictEqual } from 'node:util';
import type { NewEvent } from '@recoup/contracts';
import { toMinor } from '@recoup/kernel';
import { eventOf, type Cause } from './cause.js';
import type { AmazonDecision, ClaimState } from './claim-state.js';
import type { ClaimStatus } from './claim-status.js';
import { reject, type Rejection } from './rejection.js';

/** Who may record what Amazon decided, by where the claim stands. */
type Door =
  | 'open'
  /** Nobody is known to have filed it: only with the id of the case that a person opened. */
  | 'with_case'
  /** A call is under way, and tells itself what came of it. */
  | 'filing'
  | 'over';

const DOORS: Readonly<Record<ClaimStatus, Door>> = {
  detected: 'with_case',
  validated: 'with_case',
  auto_approved: 'with_case',
  prompted: 'with_case',
  manual: 'with_case',
  // It waited in a person's queue past its last day, or it did not and was filed in time outside.
  expired: 'with_case',
  paid_unasked: 'with_case',
  queued_for_filing: 'open',
  submitted: 'open',
  unanswered: 'open',
  approved: 'open',
  partially_approved: 'open',
  denied: 'open',
  authorized: 'filing',
  submission_requested: 'filing',
  unconfirmed: 'filing',
  // The seller's desk has it, and has not told the number of a case.
  handed_over: 'with_case',
  paid: 'over',
  reversed: 'over',
  dismissed: 'over',
  withdrawn: 'over',
};

/** An appeal can only better a decision. */
const RANK = { denied: 0, partially_approved: 1, approved: 2 } as const;

/** Whether any outcome could still be recorded. */
export function takesOutcome(claim: Pick<ClaimState, 'status' | 'decision'>): boolean {
  const door = DOORS[claim.status];
  return (door === 'open' || door === 'with_case') && claim.decision?.outcome !== 'approved';
}

/**
 * Records what Amazon decided. The same decision again changes nothing; a later one may only be better, as after an
 * appeal. The case may be left out where it is known. Rejections: `claim_not_found`, `being_filed`, `not_filed` (no case
 * is known or given), `claim_over`, `other_case`, `already_decided`, `other_currency`, `bad_amount`.
 */
export function recordOutcome(
  state: ClaimState | null,
  given: AmazonDecision,
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return reject('claim_not_found', 'There is no such claim');
  const known = knownCase(state);
  const decision = { ...given, amazonCaseId: given.amazonCaseId ?? known };
  if (isDeepStrictEqual(state.decision, decision)) return [];
  const refused =
    refuseByState(state, decision) ??
    refuseByCase(decision, known) ??
    refuseAmount(state, decision);
  return refused ?? [outcomeEvent(state, decision, cause)];
}

function knownCase({ decision, submission }: ClaimState): string | null {
  return decision?.amazonCaseId ?? submission?.amazonCaseId ?? null;
}

function refuseByState(
  { status, decision: before }: ClaimState,
  { outcome, amazonCaseId }: AmazonDecision,
): Rejection | null {
  const door = DOORS[status];
  if (door === 'over') return reject('claim_over', `The claim is ${status}`);
  if (door === 'filing') {
    return reject('being_filed', 'The claim is being filed: what came of it is not known yet');
  }
  if (door === 'with_case' && amazonCaseId === null) {
    return reject('not_filed', 'Nobody has filed this claim here: give the case that was opened');
  }
  if (before && RANK[outcome] <= RANK[before.outcome]) {
    return reject('already_decided', `Amazon's decision is recorded as ${before.outcome}`);
  }
  return null;
}

function refuseByCase({ amazonCaseId }: AmazonDecision, known: string | null): Rejection | null {
  if (known === null || amazonCaseId === known) return null;
  return reject('other_case', `The claim is filed as case ${known}`);
}

function refuseAmount(
  { assessment }: ClaimState,
  { outcome, amount }: AmazonDecision,
): Rejection | null {
  if (amount === null) return null;
  if (outcome === 'denied') return reject('bad_amount', 'A denied claim has no amount');
  if (toMinor(amount) <= 0n) return reject('bad_amount', 'An approved amount is more than nothing');
  const currency = assessment.value.total?.currency ?? amount.currency;
  if (amount.currency === currency) return null;
  return reject('other_currency', `The claim is in ${currency}`);
}

function outcomeEvent(
  { claimId, version }: ClaimState,
  given: AmazonDecision,
  cause: Cause,
): NewEvent {
  const { outcome, amazonCaseId, source, amount, expectedOn, reason } = given;
  // Two different amounts from one state are two events: the second must not pass for a repeat of the first.
  const meta = { cause, once: [claimId, String(version), JSON.stringify(given)] };
  const decided = { claimId, amazonCaseId, source, reason };
  switch (outcome) {
    case 'approved':
      return eventOf('claim.approved', { ...decided, amount, expectedOn }, meta);
    case 'partially_approved':
      return eventOf('claim.partially_approved', { ...decided, amount, expectedOn }, meta);
    case 'denied':
      return eventOf('claim.denied', decided, meta);
  }
}
