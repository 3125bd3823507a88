import { streams } from '@recoup/contracts';
import {
  dayAtMarketplace,
  resubmitClaim,
  type ClaimState,
  type Rejection,
  type SubmissionHindrance,
} from '@recoup/domain';
import { documentsSince } from '../reads/documents-since.js';
import type { CommandContext } from './context.js';
import { decideOnClaim, type ClaimCommand } from './decide-on-claim.js';

/**
 * The seller says to file a denied claim anew, with what was given for it since the denial; the evidence service hears it
 * and brings it on its way. Rejections are those of `resubmitClaim`.
 */
export async function resubmitForSeller(
  context: CommandContext,
  command: ClaimCommand,
): Promise<ClaimState | Rejection | SubmissionHindrance> {
  const { tenantId, claimId } = command;
  const recorded = await context.store.readStream(tenantId, streams.claim(claimId));
  const denial = recorded.findLast(({ type }) => type === 'claim.denied');
  const newDocuments = denial
    ? await documentsSince(context.store, { tenantId, claimId, after: denial.position })
    : [];
  return decideOnClaim(context, command, (claim, cause) => {
    const today = dayAtMarketplace(claim.subject.marketplaceId, cause.at);
    return resubmitClaim(claim, { today, newDocuments }, cause);
  });
}
