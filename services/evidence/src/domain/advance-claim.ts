import type { NewEvent, SellerSettings } from '@recoup/contracts';
import {
  authorizeSubmission,
  isRejection,
  queueApproved,
  requestSubmission,
  route,
  submissionHindrance,
  validate,
  waitsForOpening,
  wasRefused,
  type Cause,
  type ClaimState,
  type Rejection,
  type Validation,
} from '@recoup/domain';
import { chooseRoute, promptFor } from './choose-route.js';
import { foresee } from './foresee.js';
import { submissionKey } from './submission-key.js';

export interface Advance {
  readonly tenantId: string;
  readonly validation: Validation;
  /** Where approved claims go. */
  readonly channel: 'queue' | 'sandbox' | 'webhook';
  readonly choices: Pick<SellerSettings, 'approvalLimit' | 'autoFile'>;
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
  /** The claim after it. */
  readonly claim: ClaimState;
}

type Step = (claim: ClaimState) => readonly NewEvent[] | Rejection;

/**
 * All that follows from a validation, in one append: the validation, the route, and for an approved claim the request to
 * file or its place in the queue. A step that is refused ends it there. Deciding again over the result makes nothing.
 */
export function advanceClaim(claim: ClaimState, advance: Advance): Advanced {
  const { tenantId, validation, cause } = advance;
  const steps: readonly Step[] = [
    (state) => validate(state, validation, cause),
    (state) => routeOnward(state, advance),
    (state) => (DISPATCHED.has(state.status) ? dispatch(state, advance) : []),
  ];
  const events: NewEvent[] = [];
  let state = claim;
  for (const step of steps) {
    const decided = step(state);
    if (isRejection(decided)) break;
    events.push(...decided);
    state = foresee(tenantId, state, decided);
  }
  const files = events.some(({ type }) => type === 'claim.submission_requested');
  return { events, files, claim: state };
}

/** Who acts next: the seller's word to file stands above the gates of the model, and below what nobody may override. */
function routeOnward(
  claim: ClaimState,
  { validation, choices, today, cause }: Advance,
): readonly NewEvent[] | Rejection {
  if (claim.authorization !== null) {
    const hindrance = submissionHindrance(claim, today);
    return hindrance ? route(claim, { kind: 'manual', reasons: hindrance.reasons }, cause) : [];
  }
  // What the desk refused is a person's: rescoring alone does not send it there again.
  if (wasRefused(claim)) return [];
  const to = waitsForOpening(claim, validation, today)
    ? promptFor({ claim, validation })
    : chooseRoute({ claim, validation, ...choices });
  if (to === null) return [];
  return to.kind === 'authorized'
    ? authorizeSubmission(claim, { today, promptId: to.promptId }, cause)
    : route(claim, to, cause);
}

/** Not from the queue: a claim that waits there may have been filed by hand already. */
const DISPATCHED: ReadonlySet<ClaimState['status']> = new Set(['auto_approved', 'authorized']);

function dispatch(
  claim: ClaimState,
  { channel, today, requests, cause }: Advance,
): readonly NewEvent[] | Rejection {
  if (today === null) return [];
  if (channel === 'queue') return queueApproved(claim, { today }, cause);
  const { claimId, assessment } = claim;
  const { quantity } = assessment;
  const idempotencyKey = submissionKey({ claimId, quantity, attempt: requests + 1 });
  return requestSubmission(claim, { channel, idempotencyKey, today }, cause);
}
