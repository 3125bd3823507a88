import {
  authorizeSubmission,
  dayAtMarketplace,
  type ClaimState,
  type Rejection,
  type SubmissionHindrance,
} from '@recoup/domain';
import type { CommandContext } from './context.js';
import { decideOnClaim, type ClaimCommand } from './decide-on-claim.js';

/**
 * The seller says to file a claim; the evidence service hears it and brings it on its way. Said again it changes nothing.
 * Rejections are those of `authorizeSubmission`.
 */
export async function submitClaim(
  context: CommandContext,
  command: ClaimCommand,
): Promise<ClaimState | Rejection | SubmissionHindrance> {
  return decideOnClaim(context, command, (claim, cause) => {
    const today = dayAtMarketplace(claim.subject.marketplaceId, cause.at);
    return authorizeSubmission(claim, { today }, cause);
  });
}
