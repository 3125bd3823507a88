import type { EventData, NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import { autoHindrance } from './claim-route.js';
import { claimHasEnded, type ClaimState } from './claim-state.js';
import { reject, type Rejection } from './rejection.js';

export interface SubmissionRequest {
  readonly channel: EventData<'claim.submission_requested'>['channel'];
  readonly idempotencyKey: string;
  /** The day in the claim's marketplace, for its window. */
  readonly today: string;
}

/**
 * The intent to file, written before anything leaves. Only what was approved, inside its window, in the quantity its
 * evidence was checked for, and once: another key while one is under way is refused.
 */
export function requestSubmission(
  state: ClaimState | null,
  { channel, idempotencyKey, today }: SubmissionRequest,
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return notFound();
  if (claimHasEnded(state)) return reject('claim_ended', `The claim is ${state.status}`);
  if (state.submission) {
    return state.submission.idempotencyKey === idempotencyKey
      ? []
      : reject('already_requested', 'The claim is being filed already');
  }
  const refused = notApproved(state) ?? outsideWindow(state, today);
  if (refused) return refused;
  const { claimId, assessment } = state;
  const data = { claimId, channel, idempotencyKey, quantity: assessment.quantity };
  return [eventOf('claim.submission_requested', data, { cause, once: [claimId, idempotencyKey] })];
}

function notApproved({ route, validation, ...state }: ClaimState): Rejection | null {
  if (route?.kind !== 'auto')
    return reject('not_approved', 'Nobody has approved filing this claim');
  if (validation?.quantity !== state.assessment.quantity) {
    return reject('not_validated', 'The evidence for this quantity has not been checked');
  }
  const hindrance = autoHindrance({ route, validation, ...state }, validation);
  return hindrance === null ? null : reject('not_for_auto', hindrance);
}

function outsideWindow({ opensOn, deadline }: ClaimState, today: string): Rejection | null {
  if (today < opensOn) return reject('too_early', `The claim can be filed from ${opensOn} on`);
  if (today > deadline) return reject('window_closed', `The last day to file was ${deadline}`);
  return null;
}

/** The call went out and nobody knows whether it arrived. It is looked up and never simply repeated. */
export function markUnconfirmed(
  state: ClaimState | null,
  { idempotencyKey, reason }: { idempotencyKey: string; reason: string },
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return notFound();
  if (state.submission?.idempotencyKey !== idempotencyKey) return otherRequest();
  if (state.status === 'unconfirmed' || state.status === 'submitted') return [];
  if (state.status !== 'submission_requested') {
    return reject('not_requested', 'No call is under way for this claim');
  }
  const { claimId } = state;
  const once = [claimId, idempotencyKey];
  return [
    eventOf('claim.submission_unconfirmed', { claimId, idempotencyKey, reason }, { cause, once }),
  ];
}

/** Amazon has the case. */
export function confirmSubmission(
  state: ClaimState | null,
  submitted: Omit<EventData<'claim.submitted'>, 'claimId'>,
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return notFound();
  if (state.status === 'submitted') {
    return state.submission?.amazonCaseId === submitted.amazonCaseId
      ? []
      : reject('already_submitted', 'The claim is filed under another case');
  }
  if (!state.submission) return reject('not_requested', 'Filing was not requested');
  if (state.submission.channel !== submitted.channel) return otherRequest();
  const { claimId } = state;
  const once = [claimId, state.submission.idempotencyKey];
  return [eventOf('claim.submitted', { claimId, ...submitted }, { cause, once })];
}

function notFound(): Rejection {
  return reject('claim_not_found', 'There is no such claim');
}

function otherRequest(): Rejection {
  return reject('other_request', 'The claim is being filed by another request');
}
