/** A stretch of time: `from` included, `to` excluded. */
export interface Interval {
  readonly from: Date;
  readonly to: Date;
}

export const DAY_MS = 86_400_000;

/** The midnight (UTC) at or before an instant. */
export function startOfDay(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / DAY_MS) * DAY_MS);
}

/** The calendar day (UTC) of an instant, `YYYY-MM-DD`. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** The first midnight (UTC) of the month of an instant, or of one so many months later. */
export function startOfMonth(instant: Date, later = 0): Date {
  return new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth() + later, 1));
}

/** The calendar month (UTC) of an instant, `YYYY-MM`. */
export function monthOf(instant: Date): string {
  return instant.toISOString().slice(0, 7);
}

/** What of a range none of the given intervals covers, oldest first. */
export function subtract(range: Interval, covered: readonly Interval[]): Interval[] {
  const gaps: Interval[] = [];
  let at = range.from.getTime();
  const ordered = [...covered].sort((a, b) => a.from.getTime() - b.from.getTime());
  for (const { from, to } of ordered) {
    const end = Math.min(from.getTime(), range.to.getTime());
    if (end > at) gaps.push({ from: new Date(at), to: new Date(end) });
    at = Math.max(at, to.getTime());
  }
  if (at < range.to.getTime()) gaps.push({ from: new Date(at), to: range.to });
  return gaps;
}

/**
 * What is to be fetched of a range when some of it was fetched before: the holes, and again everything from `lookBackMs`
 * before the newest end, because records of the last days still change. Gaps begin on whole days.
 */
export function stillToFetch(
  range: Interval,
  covered: readonly Interval[],
  lookBackMs: number,
): Interval[] {
  const newest = Math.max(...covered.map(({ to }) => to.getTime()), Number.NEGATIVE_INFINITY);
  const settled = Number.isFinite(newest)
    ? startOfDay(new Date(newest - lookBackMs)).getTime()
    : Number.NEGATIVE_INFINITY;
  const kept = covered
    .map(({ from, to }) => ({ from, to: new Date(Math.min(to.getTime(), settled)) }))
    .filter(({ from, to }) => to > from);
  return subtract(range, kept);
}
