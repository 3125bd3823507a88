import { isApproved, waitsForApproval } from './claim-approve.js';
import { isAuthorized, refuseAuthorization, type FileableClaim } from './claim-authorize.js';
import { openPrompt } from './claim-answer.js';
import { refuseDismissal } from './claim-dismiss.js';
import { waitsForPersonToFile } from './claim-filed.js';
import { takesOutcome } from './claim-outcome.js';
import type { ClaimState } from './claim-state.js';

/** What a seller can do to a claim, in the words of the routes. */
export type ClaimAction = 'answer' | 'approve' | 'submit' | 'filed' | 'outcome' | 'dismiss';

/**
 * What would be accepted now and would change something, in the order in which it is offered. `today` is the day in the
 * claim's marketplace, null where its calendar is not known.
 */
export function actionsOf(
  claim: FileableClaim & Pick<ClaimState, 'decision' | 'route' | 'approval' | 'assessment'>,
  today: string | null,
): readonly ClaimAction[] {
  const actions: ClaimAction[] = [];
  if (openPrompt(claim)) actions.push('answer');
  if (waitsForApproval(claim) && !isApproved(claim)) actions.push('approve');
  if (!isAuthorized(claim) && refuseAuthorization(claim, today) === null) actions.push('submit');
  if (waitsForPersonToFile(claim)) actions.push('filed');
  if (takesOutcome(claim)) actions.push('outcome');
  if (claim.status !== 'dismissed' && refuseDismissal(claim) === null) actions.push('dismiss');
  return actions;
}
