import type { NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import type { ClaimState } from './claim-state.js';
import { claimHasEnded, claimIsOpen, filingHasBegun, isDecided } from './claim-status.js';
import { outsideWindow } from './claim-window.js';
import { reject, type Rejection } from './rejection.js';

/** Why what is at hand does not suffice to file a claim, for the person who wanted it filed. */
export interface SubmissionHindrance extends Rejection {
  /** Types of the documents that are missing or were rejected. */
  readonly missing: readonly string[];
  readonly reasons: readonly string[];
}

/** What of a claim says whether it may be filed. */
export type FileableClaim = Pick<
  ClaimState,
  'status' | 'authorization' | 'validation' | 'opensOn' | 'deadline'
> & { readonly assessment: Pick<ClaimState['assessment'], 'quantity'> };

/**
 * What stands in the way of filing a claim that a person wants filed: its evidence for the present quantity, Amazon's
 * rules, its window. Tier, probability and amount do not: they say who decides, and a person has. Null for nothing.
 */
export function submissionHindrance(
  claim: FileableClaim,
  today: string | null,
): SubmissionHindrance | null {
  const { validation, assessment } = claim;
  if (validation?.quantity !== assessment.quantity) {
    const said = ['The evidence for this quantity has not been checked yet'];
    return hindrance('not_validated', { missing: [], said });
  }
  const window = outsideWindow(claim, today);
  const proven = validation.requiredDocuments === 'Available';
  const compliant = validation.amazonCompliance === 'Verified';
  if (!window && proven && compliant) return null;
  const lacking = validation.documents.filter(({ status }) => status !== 'Available');
  const said = [
    ...(window ? [window.message] : []),
    ...validation.complianceReasons,
    ...lacking.flatMap((document) => document.reasons),
  ];
  const code = window?.code ?? (proven ? 'not_compliant' : 'evidence_missing');
  return hindrance(code, { missing: lacking.map(({ type }) => type), said });
}

function hindrance(
  code: string,
  { missing, said }: { readonly missing: readonly string[]; readonly said: readonly string[] },
): SubmissionHindrance {
  const reasons = said.length > 0 ? [...new Set(said)] : ['A required document is missing'];
  return {
    ...reject(code, `This claim cannot be filed: ${reasons.join('; ')}.`),
    missing,
    reasons,
  };
}

/**
 * Why the seller's word to file a claim is refused; null when it is taken. A claim that the seller's word has put on its
 * way already is not refused: `isAuthorized` says so.
 */
export function refuseAuthorization(
  claim: FileableClaim,
  today: string | null,
): Rejection | SubmissionHindrance | null {
  if (isAuthorized(claim)) return null;
  const { status } = claim;
  if (claimHasEnded(claim)) return reject('claim_ended', `The claim is ${status}`);
  if (status === 'dismissed') return reject('claim_dismissed', 'The claim was dismissed');
  if (isDecided(claim)) return reject('already_decided', 'Amazon has decided on this claim');
  if (filingHasBegun(claim)) return reject('already_filed', 'The claim is being filed or was');
  if (status === 'queued_for_filing') {
    return reject('already_queued', 'The claim waits in the queue for a person to file it');
  }
  return submissionHindrance(claim, today);
}

/** The seller has said to file what is claimed now, and it is on its way: saying it again changes nothing. */
export function isAuthorized(claim: FileableClaim): boolean {
  return claim.authorization !== null && claimIsOpen(claim);
}

/**
 * The seller says: file it. Said again while it is on its way, nothing happens. `today` is the day in the claim's
 * marketplace; `promptId` the prompt whose answer said so, if one did. Rejections: `claim_not_found`, the state's (`claim_ended`, `claim_dismissed`, `already_decided`,
 * `already_filed`, `already_queued`), and a SubmissionHindrance.
 */
export function authorizeSubmission(
  state: ClaimState | null,
  { today, promptId }: { readonly today: string | null; readonly promptId?: string },
  cause: Cause,
): readonly NewEvent[] | Rejection | SubmissionHindrance {
  if (!state) return reject('claim_not_found', 'There is no such claim');
  if (isAuthorized(state)) return [];
  const refused = refuseAuthorization(state, today);
  if (refused) return refused;
  const { claimId, assessment, version } = state;
  const by = promptId === undefined ? {} : { promptId };
  const data = { claimId, quantity: assessment.quantity, ...by };
  return [
    eventOf('claim.submission_authorized', data, { cause, once: [claimId, String(version)] }),
  ];
}
