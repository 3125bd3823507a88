import type { FeePreviewFact, StorageFeeFact } from '@recoup/contracts';

type Measure = FeePreviewFact['measure'];

/** Sides and weights that differ by no more are the same size: reports round them differently. */
const TOLERANCE = 0.01;

/** Whether Amazon stated in a month the size that it states today; months in order, those without stock are not there. */
export type SizeHistory = readonly { readonly month: string; readonly same: boolean }[];

/** What the storage reports of a product say of its size, month by month, against what Amazon states today. */
export function sizeHistory(rows: readonly StorageFeeFact[], today: Measure): SizeHistory {
  const months = new Map<string, boolean>();
  for (const { month, measure } of rows) {
    months.set(month, (months.get(month) ?? true) && sameSize(measure, today));
  }
  return [...months]
    .map(([month, same]) => ({ month, same }))
    .sort((a, b) => (a.month < b.month ? -1 : 1));
}

/**
 * Whether a product surely had today's size throughout a month: Amazon stated that size at the end of an earlier month,
 * and states it at the end of this one, or of the next that it tells of. Where it told nothing before, nothing is sure.
 */
export function hadTodaysSize(month: string, history: SizeHistory): boolean {
  const before = history.findLast((one) => one.month < month);
  const after = history.find((one) => one.month >= month);
  return before?.same === true && (after?.same ?? true);
}

/** Unknown is not the same. */
function sameSize(a: Measure, b: Measure): boolean {
  if (!sameUnit(a.lengthUnit, b.lengthUnit) || !sameUnit(a.weightUnit, b.weightUnit)) return false;
  return (
    near(a.longestSide, b.longestSide) &&
    near(a.medianSide, b.medianSide) &&
    near(a.shortestSide, b.shortestSide) &&
    near(a.weight, b.weight)
  );
}

function sameUnit(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.toLowerCase() === b.toLowerCase();
}

function near(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  return Math.abs(Number(a) - Number(b)) <= TOLERANCE * Math.max(Number(a), Number(b));
}
