import type { NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import type { ClaimState } from './claim-state.js';
import { reject, type Rejection } from './rejection.js';

export interface RefusedSubmission {
  readonly idempotencyKey: string;
  /** What the desk said, or why nothing was sent, for the person who looks at it next. */
  readonly reasons: readonly string[];
}

/**
 * A request to file that surely changed nothing outside: a person looks at the claim. The request stays on the claim, so
 * that it is not simply made again; another quantity or another tier begins anew.
 */
export function refuseSubmission(
  state: ClaimState | null,
  { idempotencyKey, reasons }: RefusedSubmission,
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return reject('claim_not_found', 'There is no such claim');
  const { claimId, status, submission } = state;
  if (submission?.idempotencyKey !== idempotencyKey) {
    return reject('other_request', 'The claim is being filed by another request');
  }
  if (status === 'manual') return [];
  if (status !== 'submission_requested' && status !== 'unconfirmed') {
    return reject('not_requested', 'No call is under way for this claim');
  }
  const data = { claimId, reasons: [...reasons] };
  return [eventOf('claim.manual_review_queued', data, { cause, once: [claimId, idempotencyKey] })];
}

/** Whether the desk refused what is claimed now: only a person may file it again. */
export function wasRefused({ status, submission }: ClaimState): boolean {
  return status === 'manual' && submission !== null;
}
