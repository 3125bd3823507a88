import { isAuthorized, refuseAuthorization, type FileableClaim } from './claim-authorize.js';
import { refuseDismissal } from './claim-dismiss.js';
import { takesOutcome } from './claim-outcome.js';
import type { ClaimState } from './claim-state.js';

/** What a seller can do to a claim, in the words of the routes. */
export type ClaimAction = 'submit' | 'outcome' | 'dismiss';

/**
 * What would be accepted now and would change something, in the order in which it is offered. `today` is the day in the
 * claim's marketplace, null where its calendar is not known.
 */
export function actionsOf(
  claim: FileableClaim & Pick<ClaimState, 'decision'>,
  today: string | null,
): readonly ClaimAction[] {
  const actions: ClaimAction[] = [];
  if (!isAuthorized(claim) && refuseAuthorization(claim, today) === null) actions.push('submit');
  if (takesOutcome(claim)) actions.push('outcome');
  if (claim.status !== 'dismissed' && refuseDismissal(claim) === null) actions.push('dismiss');
  return actions;
}
