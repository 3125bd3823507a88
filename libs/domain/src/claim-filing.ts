import type { EventData, NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import { autoHindrance } from './claim-route.js';
import { submissionHindrance } from './claim-authorize.js';
import type { ClaimState } from './claim-state.js';
import { claimHasEnded, isDecided } from './claim-status.js';
import { outsideWindow } from './claim-window.js';
import { reject, type Rejection } from './rejection.js';

export interface SubmissionRequest {
  readonly channel: EventData<'claim.submission_requested'>['channel'];
  readonly idempotencyKey: string;
  /** The day in the claim's marketplace, for its window. */
  readonly today: string;
}

/**
 * The intent to file, written before anything leaves. Only what was approved, by the gates or by the seller's word,
 * inside its window, in the quantity its evidence was checked for, and once: another key while one is under way is
 * refused.
 */
export function requestSubmission(
  state: ClaimState | null,
  { channel, idempotencyKey, today }: SubmissionRequest,
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return notFound();
  if (claimHasEnded(state)) return reject('claim_ended', `The claim is ${state.status}`);
  if (isDecided(state)) return reject('already_decided', 'Amazon has decided on this claim');
  if (state.submission) {
    return state.submission.idempotencyKey === idempotencyKey
      ? []
      : reject('already_requested', 'The claim is being filed already');
  }
  const refused = notApproved(state, today) ?? outsideWindow(state, today);
  if (refused) return reject(refused.code, refused.message);
  const { claimId, assessment } = state;
  const data = { claimId, channel, idempotencyKey, quantity: assessment.quantity };
  return [eventOf('claim.submission_requested', data, { cause, once: [claimId, idempotencyKey] })];
}

function notApproved({ route, validation, ...state }: ClaimState, today: string): Rejection | null {
  if (state.status === 'authorized') {
    return submissionHindrance({ validation, ...state }, today);
  }
  if (route?.kind !== 'auto')
    return reject('not_approved', 'Nobody has approved filing this claim');
  if (validation?.quantity !== state.assessment.quantity) {
    return reject('not_validated', 'The evidence for this quantity has not been checked');
  }
  const hindrance = autoHindrance({ route, validation, ...state }, validation);
  return hindrance === null ? null : reject('not_for_auto', hindrance);
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

/** The seller's own case desk has taken what was sent. Nobody knows of a case at Amazon until the desk tells one. */
export function handOver(
  state: ClaimState | null,
  { idempotencyKey, handedOverAt }: Omit<EventData<'claim.handed_over'>, 'claimId'>,
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return notFound();
  const { claimId, status, submission } = state;
  if (submission?.idempotencyKey !== idempotencyKey) return otherRequest();
  if (status === 'handed_over' || status === 'submitted') return [];
  if (status !== 'submission_requested' && status !== 'unconfirmed') {
    return reject('not_requested', 'No call is under way for this claim');
  }
  const data = { claimId, idempotencyKey, handedOverAt };
  return [eventOf('claim.handed_over', data, { cause, once: [claimId, idempotencyKey] })];
}

/** Amazon has the case. */
export function confirmSubmission(
  state: ClaimState | null,
  submitted: Omit<EventData<'claim.submitted'>, 'claimId'>,
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return notFound();
  if (isDecided(state)) return reject('already_decided', 'Amazon has decided on this claim');
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
