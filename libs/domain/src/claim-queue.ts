import type { NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import { submissionHindrance } from './claim-authorize.js';
import { autoHindrance } from './claim-route.js';
import type { ClaimState } from './claim-state.js';
import { reject, type Rejection } from './rejection.js';

/**
 * Puts a claim that the gates or the seller approved into the operator's queue in place of a request to file: nothing leaves the system, so nothing
 * may look as if it had. A person files it, or a later detection takes it back.
 */
export function queueApproved(
  state: ClaimState | null,
  { today }: { readonly today: string },
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return reject('claim_not_found', 'There is no such claim');
  if (state.status === 'queued_for_filing') return [];
  const refused = notApproved(state, today);
  if (refused) return reject(refused.code, refused.message);
  const { claimId, version } = state;
  return [
    eventOf('claim.queued_for_filing', { claimId }, { cause, once: [claimId, String(version)] }),
  ];
}

function notApproved(state: ClaimState, today: string): Rejection | null {
  if (state.status === 'authorized') return submissionHindrance(state, today);
  const { status, validation } = state;
  if (status !== 'auto_approved' || !validation) {
    return reject('not_approved', 'Nobody has approved filing this claim');
  }
  const hindrance = autoHindrance(state, validation);
  return hindrance === null ? null : reject('not_for_auto', hindrance);
}
