import { streams, type NewEvent } from '@recoup/contracts';
import { reject, type Cause, type ClaimState, type Rejection } from '@recoup/domain';
import type { CommandContext } from './context.js';
import { decideOn } from './decide-on.js';
import { knownClaim } from './known-claim.js';

export interface ClaimCommand {
  readonly tenantId: string;
  readonly userId: string;
  readonly claimId: string;
}

export type DecideOnClaim = (claim: ClaimState, cause: Cause) => readonly NewEvent[] | Rejection;

/**
 * Decides over a claim, as `decideOn` does. A refusal is passed on; `claim_not_found` for a claim that this tenant does not
 * have.
 */
export function decideOnClaim(
  context: CommandContext,
  { tenantId, userId, claimId }: ClaimCommand,
  decide: DecideOnClaim,
): Promise<ClaimState | Rejection> {
  const stream = { tenantId, userId, streamId: streams.claim(claimId) };
  return decideOn<ClaimState>(context, stream, {
    know: async (recorded) =>
      (await knownClaim(context.store, tenantId, recorded)) ??
      reject('claim_not_found', 'There is no such claim'),
    decide,
  });
}
