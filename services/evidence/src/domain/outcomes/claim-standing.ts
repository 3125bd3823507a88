import { awaitsFiling, isUnfiled, type ClaimState } from '@recoup/domain';
import type { Payee } from './match.js';

/** The case that a claim is known to be filed as; null where none is. */
export function caseOf({ decision, submission }: ClaimState): string | null {
  return decision?.amazonCaseId ?? submission?.amazonCaseId ?? null;
}

/** A claim that has ended is paid only by what was there when it was taken back: later payments are for other losses. */
export function isPast(firstBatch: number, { state, endedAsOf }: Payee): boolean {
  if (endedAsOf !== null) return firstBatch > endedAsOf;
  return isUnfiled(state) && !awaitsFiling(state);
}

/**
 * A payment that names no case, of a report that names cases, is an answer where the case is not known here, or where Amazon
 * has agreed. Everything else it has done by itself: for a case it names the case.
 */
export function wasAskedFor(state: ClaimState): boolean {
  if (isUnfiled(state)) return false;
  return caseOf(state) === null || (state.decision !== null && state.decision.outcome !== 'denied');
}

/** A transaction names no case, whatever it pays: it is an answer to a claim that was filed by its day, and not denied. */
export function wasFiledBy(day: string, state: ClaimState): boolean {
  const filedOn = state.submission?.submittedAt?.slice(0, 10) ?? null;
  if (isUnfiled(state) || state.decision?.outcome === 'denied') return false;
  return filedOn === null || filedOn <= day;
}
