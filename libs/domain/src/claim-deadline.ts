import type { NewEvent } from '@recoup/contracts';
import { daysBetween } from '@recoup/kernel';
import { eventOf, type Cause } from './cause.js';
import type { ClaimState } from './claim-state.js';
import { awaitsFiling } from './claim-status.js';

/** Days before the last one on which a seller is told that it comes near, the farthest first. */
export interface DeadlineNotices {
  readonly effectiveFrom: string;
  readonly days: readonly number[];
}

/** The product's own choice, no rule of Amazon's: two weeks to find papers, then at shorter distances. */
export const DEADLINE_NOTICES: readonly DeadlineNotices[] = [
  { effectiveFrom: '2026-11-01', days: [14, 7, 3, 1] },
];

/** The notices in force on a day; none before the first of them. */
export function noticesOn(today: string): readonly number[] {
  const inForce = DEADLINE_NOTICES.filter(({ effectiveFrom }) => effectiveFrom <= today).at(-1);
  return inForce?.days ?? [];
}

/**
 * Tells that the last day of an unfiled claim comes near, once for each distance: looked at late, only the nearest one is
 * told. A deadline that moves is told of anew. `today` is the day in the claim's marketplace.
 */
export function nearDeadline(
  state: ClaimState,
  { today, cause }: { readonly today: string; readonly cause: Cause },
): readonly NewEvent[] {
  const { claimId, deadline } = state;
  if (!awaitsFiling(state)) return [];
  const daysLeft = daysBetween(today, deadline);
  const reached = noticesOn(today).filter((days) => daysLeft <= days);
  const notice = reached.at(-1);
  if (notice === undefined || daysLeft < 0) return [];
  if (state.noticed?.deadline === deadline && state.noticed.daysLeft <= notice) return [];
  const once = [claimId, deadline, String(notice)];
  return [eventOf('claim.deadline_neared', { claimId, deadline, daysLeft }, { cause, once })];
}
