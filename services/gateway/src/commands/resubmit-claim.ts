import { streams } from '@recoup/contracts';
import { reject, type Rejection, type SubmissionHindrance } from '@recoup/domain';
import type { CommandContext } from './context.js';
import type { ClaimCommand } from './decide-on-claim.js';
import { knownClaim } from './known-claim.js';

const LACKING =
  'Amazon denied this claim on the evidence there is. A resubmission needs a document that was not part of it.';

/**
 * Why a claim cannot be filed once more. Amazon takes one appeal, and answers the same evidence the same way: so a
 * resubmission asks for a document that was not there before. None can be added yet, and every one is refused with what
 * it lacks. Rejections: `claim_not_found`, `not_denied`, `new_evidence_needed`.
 */
export async function refuseResubmission(
  { store }: Pick<CommandContext, 'store'>,
  { tenantId, claimId }: Omit<ClaimCommand, 'userId'>,
): Promise<Rejection | SubmissionHindrance> {
  const recorded = await store.readStream(tenantId, streams.claim(claimId));
  const claim = await knownClaim(store, tenantId, recorded);
  if (!claim) return reject('claim_not_found', 'There is no such claim');
  if (claim.status !== 'denied') return reject('not_denied', 'Only a denied claim is resubmitted');
  const said = claim.decision?.reason ?? null;
  return {
    ...reject('new_evidence_needed', LACKING),
    missing: ['new_document'],
    reasons: [LACKING, ...(said === null ? [] : [`Amazon's reason: ${said}`])],
  };
}
