import { startOfMonth, type Interval } from './interval.js';

/**
 * Cuts an interval into calendar months (UTC), newest first. The oldest begins on the first of its month, for a month comes
 * as a whole; the newest ends where the interval does.
 */
export function monthWindows({ from, to }: Interval): Interval[] {
  const windows: Interval[] = [];
  for (let end = to; end > from;) {
    const begin = startOfMonth(new Date(end.getTime() - 1));
    windows.push({ from: begin, to: end });
    end = begin;
  }
  return windows;
}

/** Whether the month that a window is about has ended with it. */
export function isWholeMonth({ to }: Interval): boolean {
  return startOfMonth(to).getTime() === to.getTime();
}
