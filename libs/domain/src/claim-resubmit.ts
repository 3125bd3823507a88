import type { ClaimSubtype, NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import type { SubmissionHindrance } from './claim-authorize.js';
import type { ClaimState } from './claim-state.js';
import { outsideWindow } from './claim-window.js';
import { reject, type Rejection } from './rejection.js';

export interface Resubmission {
  /** The day in the claim's marketplace; null where its calendar is not known. */
  readonly today: string | null;
  /** Documents that were given for the claim after Amazon denied it. */
  readonly newDocuments: readonly string[];
}

const LACKING =
  'Amazon denied this claim on the evidence there was. A resubmission needs a document that was not part of it';

/** One claim and one appeal (Seller Central, dimension and weight remeasurement, GL7U4JFSDXUTQAJ). */
const ONE_APPEAL: ReadonlySet<ClaimSubtype> = new Set([
  'fulfilment_fee_overcharge',
  'storage_fee_overcharge',
]);

/**
 * The seller says: file the denied claim anew. Amazon answers the same evidence the same way, so there must be a document
 * that it has not seen, and its window must still be open. What Amazon said before is kept. Rejections: `claim_not_found`,
 * `not_denied`, `appeal_used`; and with what is missing `window_closed`, `too_early`, `calendar_unknown`,
 * `new_evidence_needed`.
 */
export function resubmitClaim(
  state: ClaimState | null,
  { today, newDocuments }: Resubmission,
  cause: Cause,
): readonly NewEvent[] | Rejection | SubmissionHindrance {
  if (!state) return reject('claim_not_found', 'There is no such claim');
  const refused = refuseResubmission(state, { today, newDocuments });
  if (refused) return refused;
  const { claimId, assessment, version } = state;
  const data = { claimId, quantity: assessment.quantity, documents: [...newDocuments] };
  return [
    eventOf('claim.resubmission_authorized', data, { cause, once: [claimId, String(version)] }),
  ];
}

/** What of a claim says whether it may be filed anew. */
export type DeniedClaim = Pick<
  ClaimState,
  'status' | 'subtype' | 'denials' | 'decision' | 'opensOn' | 'deadline'
>;

/** Why a claim is not filed anew with these documents; null when it is. The rejections are those of `resubmitClaim`. */
export function refuseResubmission(
  claim: DeniedClaim,
  resubmission: Resubmission,
): Rejection | SubmissionHindrance | null {
  const { status, subtype, denials } = claim;
  if (status !== 'denied') return reject('not_denied', 'Only a denied claim is resubmitted');
  if (denials.length > 0 && ONE_APPEAL.has(subtype)) {
    return reject('appeal_used', 'Amazon takes one appeal of a claim of this kind, and denied it');
  }
  return hindranceOf(claim, resubmission);
}

/** Whether a new document is all that a denied claim lacks to be filed anew. */
export function lacksNewDocument(claim: DeniedClaim, today: string | null): boolean {
  return refuseResubmission(claim, { today, newDocuments: [] })?.code === 'new_evidence_needed';
}

function hindranceOf(
  state: DeniedClaim,
  { today, newDocuments }: Resubmission,
): SubmissionHindrance | null {
  const window = outsideWindow(state, today);
  if (window) {
    const message = `This claim cannot be filed anew: ${window.message}.`;
    return { ...reject(window.code, message), missing: [], reasons: [window.message] };
  }
  if (newDocuments.length > 0) return null;
  const said = state.decision?.reason ?? null;
  return {
    ...reject('new_evidence_needed', `${LACKING}.`),
    missing: ['new_document'],
    reasons: [LACKING, ...(said === null ? [] : [`Amazon's reason: ${said}`])],
  };
}
