import type { NewEvent } from '@recoup/contracts';
import { daysBetween } from '@recoup/kernel';
import { eventOf, type Cause } from './cause.js';
import type { ClaimState } from './claim-state.js';

export interface Patience {
  /** Days after filing on which an answer is no longer expected. */
  readonly days: number;
  readonly cause: Cause;
}

/**
 * Ends the waiting for an answer that did not come: a stated end, which a late answer or payment still takes back. Nothing
 * for a claim that is not waiting, and before its time.
 */
export function giveUpWaiting(state: ClaimState, { days, cause }: Patience): readonly NewEvent[] {
  const { claimId, submission } = state;
  if (state.status !== 'submitted' || submission?.amazonCaseId == null) return [];
  const { amazonCaseId, submittedAt } = submission;
  if (submittedAt === null) return [];
  const waitedDays = daysBetween(submittedAt.slice(0, 10), cause.at.toISOString().slice(0, 10));
  if (waitedDays < days) return [];
  const data = { claimId, amazonCaseId, submittedAt, waitedDays };
  return [eventOf('claim.unanswered', data, { cause, once: [claimId, amazonCaseId] })];
}
