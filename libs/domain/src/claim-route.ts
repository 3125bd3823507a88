import { isDeepStrictEqual } from 'node:util';
import type { EventData, NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import type { ClaimRoute, ClaimState } from './claim-state.js';
import { claimHasEnded, filingHasBegun, isDecided } from './claim-status.js';
import { reject, type Rejection } from './rejection.js';

/** Below this probability nothing is filed without a person. */
export const AUTO_PROBABILITY = 0.85;

export type Validation = Omit<EventData<'claim.validated'>, 'claimId' | 'quantity'>;

/** Records what the evidence is worth, for the quantity that is claimed now. The same result twice is one event. */
export function validate(
  state: ClaimState | null,
  validation: Validation,
  cause: Cause,
): readonly NewEvent[] | Rejection {
  const refused = refuseUnlessOpen(state);
  if (refused || !state) return refused ?? [];
  const { claimId, assessment } = state;
  const data = { claimId, quantity: assessment.quantity, ...validation };
  if (isDeepStrictEqual(state.validation, data)) return [];
  return [eventOf('claim.validated', data, { cause, once: onceAt(state) })];
}

/**
 * Sends a validated claim on its way: filed by itself, one question to the seller, or a person's desk. A claim goes by
 * itself only where the detector's gates, the documents, Amazon's rules and the probability all allow it; the route
 * that is in force already makes no event.
 */
export function route(
  state: ClaimState | null,
  to: ClaimRoute,
  cause: Cause,
): readonly NewEvent[] | Rejection {
  const refused = refuseUnlessOpen(state);
  if (refused || !state) return refused ?? [];
  const { validation } = state;
  if (validation?.quantity !== state.assessment.quantity) {
    return reject('not_validated', 'The evidence for this quantity has not been checked');
  }
  if (isDeepStrictEqual(state.route, to)) return [];
  const hindrance = to.kind === 'auto' ? autoHindrance(state, validation) : null;
  if (hindrance !== null) return reject('not_for_auto', hindrance);
  return [routeEvent(state, to, { cause, probability: validation.successProbability })];
}

/** Why a claim may not be filed without a person; null when it may. */
export function autoHindrance(
  { assessment }: ClaimState,
  validation: EventData<'claim.validated'>,
): string | null {
  if (assessment.tier !== 'auto') return `the claim is in the ${assessment.tier} tier`;
  if (assessment.value.total === null) return 'the value is unknown';
  if (validation.requiredDocuments !== 'Available') return 'a required document is missing';
  if (validation.amazonCompliance !== 'Verified')
    return "Amazon's rules are not verified to be met";
  if (validation.successProbability < AUTO_PROBABILITY) {
    return `the success probability is below ${AUTO_PROBABILITY}`;
  }
  return null;
}

function routeEvent(
  state: ClaimState,
  to: ClaimRoute,
  { cause, probability }: { cause: Cause; probability: number },
): NewEvent {
  const { claimId } = state;
  const { modelVersion } = state.assessment.score;
  const meta = { cause, once: onceAt(state) };
  switch (to.kind) {
    case 'auto':
      return eventOf(
        'claim.auto_submission_approved',
        { claimId, successProbability: probability, modelVersion },
        meta,
      );
    case 'prompt':
      return eventOf('claim.review_prompted', { claimId, prompt: to.prompt, modelVersion }, meta);
    case 'manual': {
      const { reasons, needsApproval } = to;
      const data = { claimId, reasons: [...reasons], ...(needsApproval && { needsApproval }) };
      return eventOf('claim.manual_review_queued', { ...data, modelVersion }, meta);
    }
  }
}

/** The refusal that every decision before filing shares. */
function refuseUnlessOpen(state: ClaimState | null): Rejection | null {
  if (!state) return reject('claim_not_found', 'There is no such claim');
  if (claimHasEnded(state)) return reject('claim_ended', `The claim is ${state.status}`);
  if (filingHasBegun(state)) return reject('already_filed', 'The claim is being filed or was');
  if (isDecided(state)) return reject('already_decided', 'Amazon has decided on this claim');
  if (state.status === 'dismissed') return reject('claim_dismissed', 'The claim was dismissed');
  return null;
}

/** Decided twice from the same state, it is the same event. */
function onceAt(state: ClaimState): readonly string[] {
  return [state.claimId, String(state.version)];
}
