import { dismissClaim, type ClaimState, type Rejection } from '@recoup/domain';
import type { CommandContext } from './context.js';
import { decideOnClaim, type ClaimCommand } from './decide-on-claim.js';

/** What stands in the log for a seller who did not say why. */
const NO_REASON = 'No reason given';

/**
 * The seller does not want a claim: later detections leave it alone. Dismissed again it changes nothing. Rejections are
 * those of `dismissClaim`.
 */
export async function dismissForSeller(
  context: CommandContext,
  command: ClaimCommand,
  reason: string | null,
): Promise<ClaimState | Rejection> {
  return decideOnClaim(context, command, (claim, cause) =>
    dismissClaim(claim, { reason: reason ?? NO_REASON }, cause),
  );
}
