import { DAY_MS, startOfDay, type Interval } from './interval.js';

/**
 * Cuts an interval into windows of at most `days` days, newest first. Every cut lies on a midnight (UTC); the newest
 * window ends where the interval does.
 */
export function dayWindows({ from, to }: Interval, days: number): Interval[] {
  const windows: Interval[] = [];
  let end = to;
  while (end > from) {
    // A part of a day at the end counts as one of the days.
    const lastDay = startOfDay(new Date(end.getTime() - 1)).getTime();
    const begin = new Date(Math.max(from.getTime(), lastDay - (days - 1) * DAY_MS));
    windows.push({ from: begin, to: end });
    end = begin;
  }
  return windows;
}
