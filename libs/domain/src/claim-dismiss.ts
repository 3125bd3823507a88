import type { NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import type { ClaimState } from './claim-state.js';
import { claimHasEnded, filingHasBegun, isDecided } from './claim-status.js';
import { reject, type Rejection } from './rejection.js';

/** Why a claim can no longer be dismissed; null when it can, or is. */
export function refuseDismissal(claim: Pick<ClaimState, 'status'>): Rejection | null {
  if (claimHasEnded(claim)) return reject('claim_ended', `The claim is ${claim.status}`);
  if (isDecided(claim)) return reject('already_decided', 'Amazon has decided on this claim');
  if (filingHasBegun(claim)) return reject('already_filed', 'The claim is being filed or was');
  return null;
}

/**
 * The seller does not want this claim. Later detections leave it alone, and dismissing it again changes nothing.
 * Rejections: `claim_not_found`, `claim_ended`, `already_filed`, `already_decided`.
 */
export function dismissClaim(
  state: ClaimState | null,
  { reason }: { readonly reason: string },
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return reject('claim_not_found', 'There is no such claim');
  if (state.status === 'dismissed') return [];
  const refused = refuseDismissal(state);
  if (refused) return refused;
  const { claimId, version } = state;
  return [
    eventOf('claim.dismissed', { claimId, reason }, { cause, once: [claimId, String(version)] }),
  ];
}
