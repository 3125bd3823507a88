import type { NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import type { ClaimState } from './claim-state.js';
import { isDecided } from './claim-status.js';
import { reject, type Rejection } from './rejection.js';

/** What waits for a person to file it: in the operator's queue, or at the seller's own case desk. */
export function waitsForPersonToFile({ status }: Pick<ClaimState, 'status'>): boolean {
  return status === 'queued_for_filing' || status === 'handed_over';
}

/**
 * A person has opened the case for a claim from the queue, or the seller's case desk tells the number of the one that it
 * opened. Told again it changes nothing. Rejections: `claim_not_found`, `already_decided`, `other_case` (it is filed under
 * another number), `not_queued`.
 */
export function recordFiled(
  state: ClaimState | null,
  { amazonCaseId }: { readonly amazonCaseId: string },
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return reject('claim_not_found', 'There is no such claim');
  const { claimId, status, submission, version } = state;
  if (isDecided(state)) return reject('already_decided', 'Amazon has decided on this claim');
  if (status === 'submitted') {
    const known = submission?.amazonCaseId ?? null;
    return known === amazonCaseId
      ? []
      : reject('other_case', `The claim is filed as case ${known}`);
  }
  if (!waitsForPersonToFile(state)) {
    return reject('not_queued', 'The claim does not wait for a person to file it');
  }
  const channel = status === 'handed_over' ? 'webhook' : 'queue';
  const data = { claimId, channel, amazonCaseId, submittedAt: cause.at.toISOString() } as const;
  return [eventOf('claim.submitted', data, { cause, once: [claimId, String(version)] })];
}
