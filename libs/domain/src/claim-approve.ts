import type { NewEvent } from '@recoup/contracts';
import { toMinor } from '@recoup/kernel';
import { eventOf, type Cause } from './cause.js';
import type { ClaimState } from './claim-state.js';
import { claimHasEnded, filingHasBegun, isDecided } from './claim-status.js';
import { reject, type Rejection } from './rejection.js';

type Valued = Pick<ClaimState, 'approval' | 'assessment'>;

/** Whether what is claimed now was approved: the same units, and worth no more than they were then. */
export function isApproved({ approval, assessment }: Valued): boolean {
  const { total } = assessment.value;
  if (!approval || !total || approval.quantity !== assessment.quantity) return false;
  const { amount } = approval;
  return amount.currency === total.currency && toMinor(total) <= toMinor(amount);
}

/** Whether the claim waits for somebody to approve its value. */
export function waitsForApproval(claim: Valued & Pick<ClaimState, 'status' | 'route'>): boolean {
  const { status, route } = claim;
  return status === 'manual' && route?.kind === 'manual' && route.needsApproval === true;
}

/**
 * A person approves filing a claim that is worth more than the seller's limit. That opens this one gate: every other
 * reason to keep the claim holds. Approved again it changes nothing. Rejections: `claim_not_found`, `claim_ended`,
 * `claim_dismissed`, `already_decided`, `already_filed`, `approval_not_needed`.
 */
export function approveFiling(
  state: ClaimState | null,
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return reject('claim_not_found', 'There is no such claim');
  if (isApproved(state)) return [];
  const refused = refuseApproval(state);
  const { total } = state.assessment.value;
  if (refused || !total) return refused ?? notNeeded();
  const { claimId, assessment, version } = state;
  const data = { claimId, quantity: assessment.quantity, amount: total };
  return [eventOf('claim.filing_approved', data, { cause, once: [claimId, String(version)] })];
}

function refuseApproval(state: ClaimState): Rejection | null {
  if (claimHasEnded(state)) return reject('claim_ended', `The claim is ${state.status}`);
  if (state.status === 'dismissed') return reject('claim_dismissed', 'The claim was dismissed');
  if (isDecided(state)) return reject('already_decided', 'Amazon has decided on this claim');
  if (filingHasBegun(state)) return reject('already_filed', 'The claim is being filed or was');
  return waitsForApproval(state) ? null : notNeeded();
}

function notNeeded(): Rejection {
  return reject('approval_not_needed', 'The claim does not wait for its value to be approved');
}
