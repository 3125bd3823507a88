import type {
  AllocationLine,
  ClaimSubtype,
  ClaimType,
  ClaimValue,
  EventData,
  Prompt,
  RecordedEvent,
  Score,
  SourceRef,
  Tier,
} from '@recoup/contracts';

export type ClaimStatus =
  | 'detected'
  | 'validated'
  | 'auto_approved'
  | 'prompted'
  | 'manual'
  | 'submission_requested'
  | 'queued_for_filing'
  | 'unconfirmed'
  | 'submitted'
  | 'withdrawn'
  | 'expired';

/** What a claim is worth and how sure it is, as of its latest assessment. */
export interface Assessment {
  readonly quantity: number;
  readonly value: ClaimValue;
  readonly score: Score;
  readonly tier: Tier;
  readonly allocation: readonly AllocationLine[];
  readonly sources: readonly SourceRef[];
}

export type ClaimRoute =
  | { readonly kind: 'auto' }
  | { readonly kind: 'prompt'; readonly prompt: Prompt }
  | { readonly kind: 'manual'; readonly reasons: readonly string[] };

/** One claim as its events tell it. */
export interface ClaimState {
  readonly claimId: string;
  readonly status: ClaimStatus;
  readonly claimType: ClaimType;
  readonly subtype: ClaimSubtype;
  readonly subject: EventData<'claim.detected'>['subject'];
  readonly policy: EventData<'claim.detected'>['policy'];
  readonly lossDay: string;
  readonly opensOn: string;
  readonly deadline: string;
  readonly assessment: Assessment;
  /** The detection that found it (again), changed it last and withdrew it; null where none did. */
  readonly detectedBy: string;
  readonly changedBy: string | null;
  readonly withdrawnBy: string | null;
  /** What caused it to expire. */
  readonly expiredBecause: string | null;
  /** The latest validation; null once the quantity it was made for is no longer claimed. */
  readonly validation: EventData<'claim.validated'> | null;
  readonly route: ClaimRoute | null;
  readonly submission: {
    readonly channel: 'sandbox' | 'queue';
    readonly idempotencyKey: string;
    readonly amazonCaseId: string | null;
  } | null;
  /** Stream version, for the next append. */
  readonly version: number;
}

/** Nothing more happens to it, unless a later detection finds it again. */
export function claimHasEnded({ status }: ClaimState): boolean {
  return status === 'withdrawn' || status === 'expired';
}

/** Amazon has it or may have it: from here on only its outcome changes it. In the operator's queue nobody has filed it. */
export function filingHasBegun({ status }: ClaimState): boolean {
  return status === 'submission_requested' || status === 'unconfirmed' || status === 'submitted';
}

/** Folds a claim's events; null for no events. */
export function claimState(events: Iterable<RecordedEvent>): ClaimState | null {
  let state: ClaimState | null = null;
  for (const event of events) state = evolveClaim(state, event);
  return state;
}

/** One step of the fold. Events of other streams leave the state as it is. */
export function evolveClaim(before: ClaimState | null, event: RecordedEvent): ClaimState | null {
  if (event.type === 'claim.detected') return detected(event);
  if (!before || !('claimId' in event.data)) return before;
  const state = { ...before, version: event.streamVersion };
  switch (event.type) {
    case 'claim.rescored':
      return rescored(state, event);
    case 'claim.quantity_changed': {
      const { detectionId } = event.data;
      const changed = { changedBy: detectionId, assessment: assessmentOf(event.data) };
      return {
        ...state,
        ...changed,
        status: 'detected',
        validation: null,
        route: null,
        submission: null,
      };
    }
    case 'claim.withdrawn':
      return { ...state, status: 'withdrawn', withdrawnBy: event.data.detectionId };
    case 'claim.expired':
      return { ...state, status: 'expired', expiredBecause: event.causationId };
    case 'claim.validated':
      return { ...state, status: state.route ? state.status : 'validated', validation: event.data };
    default:
      return evolveFiling(state, event);
  }
}

function detected(event: RecordedEvent & { type: 'claim.detected' }): ClaimState {
  const { claimId, detectionId, claimType, subtype, subject, policy } = event.data;
  const { lossDay, opensOn, deadline } = event.data;
  return {
    ...{ claimId, claimType, subtype, subject, policy, lossDay, opensOn, deadline },
    status: 'detected',
    assessment: assessmentOf(event.data),
    detectedBy: detectionId,
    changedBy: null,
    withdrawnBy: null,
    expiredBecause: null,
    validation: null,
    route: null,
    submission: null,
    version: event.streamVersion,
  };
}

/** Another tier asks for another route; within a tier the route stands. */
function rescored(
  state: ClaimState,
  event: RecordedEvent & { type: 'claim.rescored' },
): ClaimState {
  const assessment = assessmentOf(event.data);
  const next = { ...state, assessment, changedBy: event.data.detectionId };
  if (assessment.tier === state.assessment.tier) return next;
  return { ...next, status: 'detected', route: null, submission: null };
}

function evolveFiling(state: ClaimState, event: RecordedEvent): ClaimState {
  switch (event.type) {
    case 'claim.auto_submission_approved':
      return { ...state, status: 'auto_approved', route: { kind: 'auto' } };
    case 'claim.review_prompted':
      return { ...state, status: 'prompted', route: { kind: 'prompt', prompt: event.data.prompt } };
    case 'claim.manual_review_queued':
      return { ...state, status: 'manual', route: { kind: 'manual', reasons: event.data.reasons } };
    case 'claim.submission_requested': {
      const { channel, idempotencyKey } = event.data;
      const submission = { channel, idempotencyKey, amazonCaseId: null };
      return { ...state, status: 'submission_requested', submission };
    }
    case 'claim.queued_for_filing':
      return { ...state, status: 'queued_for_filing' };
    case 'claim.submission_unconfirmed':
      return { ...state, status: 'unconfirmed' };
    case 'claim.submitted': {
      const { channel, amazonCaseId } = event.data;
      const idempotencyKey = state.submission?.idempotencyKey ?? '';
      return {
        ...state,
        status: 'submitted',
        submission: { channel, idempotencyKey, amazonCaseId },
      };
    }
    default:
      return state;
  }
}

/** The assessment among the fields of an event or a finding. */
export function assessmentOf(data: Assessment): Assessment {
  const { quantity, value, score, tier, allocation, sources } = data;
  return { quantity, value, score, tier, allocation, sources };
}
