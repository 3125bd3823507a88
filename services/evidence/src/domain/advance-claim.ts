import type { NewEvent } from '@recoup/contracts';
import {
  isRejection,
  queueApproved,
  requestSubmission,
  route,
  validate,
  wasRefused,
  type Cause,
  type ClaimState,
  type Rejection,
  type Validation,
} from '@recoup/domain';
import { chooseRoute } from './choose-route.js';
import { foresee } from './foresee.js';
import { submissionKey } from './submission-key.js';

export interface Advance {
  readonly tenantId: string;
  readonly validation: Validation;
  /** Where approved claims go. */
  readonly channel: 'queue' | 'sandbox';
  readonly approvalLimit: number;
  /** The day in the claim's marketplace; null where its calendar is not known. */
  readonly today: string | null;
  /** Requests to file that the claim has seen so far. */
  readonly requests: number;
  readonly cause: Cause;
}

export interface Advanced {
  readonly events: readonly NewEvent[];
  /** Whether a call to the desk follows: the loss has to be reserved with the append. */
  readonly files: boolean;
}

type Step = (claim: ClaimState) => readonly NewEvent[] | Rejection;

/**
 * All that follows from a validation, in one append: the validation, the route, and for an approved claim the request to
 * file or its place in the queue. A step that is refused ends it there. Deciding again over the result makes nothing.
 */
export function advanceClaim(claim: ClaimState, advance: Advance): Advanced {
  const { tenantId, validation, approvalLimit, cause } = advance;
  const steps: readonly Step[] = [
    (state) => validate(state, validation, cause),
    // What the desk refused is a person's: rescoring alone does not send it there again.
    (state) =>
      wasRefused(state)
        ? []
        : route(state, chooseRoute({ claim: state, validation, approvalLimit }), cause),
    (state) => (state.status === 'auto_approved' ? dispatch(state, advance) : []),
  ];
  const events: NewEvent[] = [];
  let state = claim;
  for (const step of steps) {
    const decided = step(state);
    if (isRejection(decided)) break;
    events.push(...decided);
    state = foresee(tenantId, state, decided);
  }
  return { events, files: events.some(({ type }) => type === 'claim.submission_requested') };
}

/** Only from `auto_approved`: a claim that waits in the queue may have been filed by hand already. */
function dispatch(
  claim: ClaimState,
  { channel, today, requests, cause }: Advance,
): readonly NewEvent[] | Rejection {
  if (channel === 'queue') return queueApproved(claim, cause);
  if (today === null) return [];
  const { claimId, assessment } = claim;
  const { quantity } = assessment;
  const idempotencyKey = submissionKey({ claimId, quantity, attempt: requests + 1 });
  return requestSubmission(claim, { channel, idempotencyKey, today }, cause);
}
