import type { NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import { autoHindrance } from './claim-route.js';
import type { ClaimState } from './claim-state.js';
import { reject, type Rejection } from './rejection.js';

/**
 * Puts an approved claim into the operator's queue in place of a request to file: nothing leaves the system, so nothing
 * may look as if it had. A person files it, or a later detection takes it back.
 */
export function queueApproved(
  state: ClaimState | null,
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return reject('claim_not_found', 'There is no such claim');
  if (state.status === 'queued_for_filing') return [];
  const { claimId, status, validation, version } = state;
  if (status !== 'auto_approved' || !validation) {
    return reject('not_approved', 'Nobody has approved filing this claim');
  }
  const hindrance = autoHindrance(state, validation);
  if (hindrance !== null) return reject('not_for_auto', hindrance);
  return [
    eventOf('claim.queued_for_filing', { claimId }, { cause, once: [claimId, String(version)] }),
  ];
}
