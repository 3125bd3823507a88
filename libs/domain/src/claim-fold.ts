import type { RecordedEvent } from '@recoup/contracts';
import { windowOf } from './claim-window.js';
import { evolveOutcome } from './claim-outcome-fold.js';
import type { Assessment, ClaimRoute, ClaimState } from './claim-state.js';

/** Folds a claim's events; null for no events. */
export function claimState(events: Iterable<RecordedEvent>): ClaimState | null {
  let state: ClaimState | null = null;
  for (const event of events) state = evolveClaim(state, event);
  return state;
}

/** One step of the fold. Events of other streams leave the state as it is. */
export function evolveClaim(before: ClaimState | null, event: RecordedEvent): ClaimState | null {
  if (event.type === 'claim.detected') return detected(event, before);
  if (!before || !('claimId' in event.data)) return before;
  const state = { ...before, version: event.streamVersion };
  switch (event.type) {
    case 'claim.rescored':
      return rescored(state, event);
    case 'claim.quantity_changed': {
      const { detectionId, window } = event.data;
      const changed = { changedBy: detectionId, assessment: assessmentOf(event.data) };
      return { ...state, ...window, ...changed, ...ANEW };
    }
    case 'claim.withdrawn': {
      const status = state.unasked.length > 0 ? 'paid_unasked' : 'withdrawn';
      return { ...state, status, withdrawnBy: event.data.detectionId };
    }
    case 'claim.expired':
      return {
        ...{ ...state, ...event.data.window },
        ...{ status: 'expired', expiredBecause: event.causationId },
      };
    case 'claim.validated': {
      const status = state.status === 'detected' ? 'validated' : state.status;
      return { ...state, status, validation: event.data };
    }
    case 'claim.dismissed':
      return { ...state, status: 'dismissed' };
    default:
      return evolveFiling(state, event);
  }
}

/** A claim whose way begins: nothing checked, nobody asked, nothing filed. */
const ANEW = {
  status: 'detected',
  validation: null,
  route: null,
  submission: null,
  authorization: null,
  approval: null,
} as const satisfies Partial<ClaimState>;

function detected(
  event: RecordedEvent & { type: 'claim.detected' },
  before: ClaimState | null,
): ClaimState {
  const { claimId, detectionId, claimType, subtype, subject, needs } = event.data;
  return {
    ...{ claimId, claimType, subtype, subject, needs },
    ...windowOf(event.data),
    ...ANEW,
    answers: [],
    denials: [],
    assessment: assessmentOf(event.data),
    foundAt: event.position,
    detectedBy: detectionId,
    changedBy: null,
    withdrawnBy: null,
    expiredBecause: null,
    decision: null,
    payments: [],
    reversals: [],
    unasked: before?.unasked ?? [],
    conflicts: before?.conflicts ?? [],
    noticed: before?.noticed ?? null,
    version: event.streamVersion,
  };
}

/** Another tier asks for another route; within a tier the route stands, and the seller's word in every tier. */
function rescored(
  state: ClaimState,
  event: RecordedEvent & { type: 'claim.rescored' },
): ClaimState {
  const assessment = assessmentOf(event.data);
  const { detectionId, window } = event.data;
  const next = { ...state, ...window, assessment, changedBy: detectionId };
  if (state.authorization || assessment.tier === state.assessment.tier) return next;
  return { ...next, status: 'detected', route: null, submission: null };
}

function evolveFiling(state: ClaimState, event: RecordedEvent): ClaimState {
  switch (event.type) {
    case 'claim.auto_submission_approved':
      return routed(state, 'auto_approved', { kind: 'auto' });
    case 'claim.review_prompted':
      return routed(state, 'prompted', { kind: 'prompt', prompt: event.data.prompt });
    // Whoever answered hears next what follows from it: the claim is on no way until its evidence is looked at anew.
    case 'claim.answered':
      return {
        ...state,
        status: 'validated',
        route: null,
        answers: [...state.answers, event.data],
      };
    case 'claim.manual_review_queued': {
      const { reasons, needsApproval } = event.data;
      const manual = { kind: 'manual', reasons, ...(needsApproval && { needsApproval }) } as const;
      return routed(state, 'manual', manual);
    }
    case 'claim.filing_approved': {
      const { quantity, amount } = event.data;
      return { ...state, approval: { quantity, amount } };
    }
    case 'claim.submission_authorized': {
      const authorization = { quantity: event.data.quantity, by: event.actor };
      return { ...state, status: 'authorized', route: null, submission: null, authorization };
    }
    case 'claim.resubmission_authorized': {
      const authorization = { quantity: event.data.quantity, by: event.actor };
      const denials = state.decision ? [...state.denials, state.decision] : state.denials;
      const anew = { submission: null, route: null, decision: null } as const;
      return { ...state, ...anew, status: 'authorized', authorization, denials };
    }
    case 'claim.submission_requested': {
      const { channel, idempotencyKey } = event.data;
      const submission = { channel, idempotencyKey, amazonCaseId: null, submittedAt: null };
      return { ...state, status: 'submission_requested', submission };
    }
    case 'claim.queued_for_filing':
      return { ...state, status: 'queued_for_filing' };
    case 'claim.submission_unconfirmed':
      return { ...state, status: 'unconfirmed' };
    case 'claim.handed_over':
      return { ...state, status: 'handed_over' };
    case 'claim.submitted': {
      const { channel, amazonCaseId, submittedAt } = event.data;
      const idempotencyKey = state.submission?.idempotencyKey ?? '';
      return {
        ...state,
        status: 'submitted',
        submission: { channel, idempotencyKey, amazonCaseId, submittedAt },
      };
    }
    default:
      return evolveOutcome(state, event);
  }
}

/** A claim that is routed (again) has nobody's word to be filed but what its route says. */
function routed(state: ClaimState, status: ClaimState['status'], route: ClaimRoute): ClaimState {
  return { ...state, status, route, authorization: null };
}

/** The assessment among the fields of an event or a finding. */
export function assessmentOf(data: Assessment): Assessment {
  const { quantity, value, score, tier, allocation, sources } = data;
  return { quantity, value, score, tier, allocation, sources };
}
