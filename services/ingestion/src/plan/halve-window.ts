import { DAY_MS, startOfDay, type Interval } from './interval.js';
import type { Basis } from '../sources/source.js';

/** Shorter windows are not cut: what is too much within a second cannot be had at all. */
const LEAST_MS = 1000;

/**
 * Cuts a window in two, the newer half first. The cut lies on a midnight (UTC) where there is one inside: the records of a
 * day that have no id are told apart by their place among equals, and no day of theirs may come in two windows. Null where
 * a window cannot be cut: a snapshot, a single day of such records, a second.
 */
export function halveWindow({ from, to, basis }: Interval & { basis: Basis }): Interval[] | null {
  const middle = (from.getTime() + to.getTime()) / 2;
  const midnight = startOfDay(new Date(middle + DAY_MS / 2)).getTime();
  const second = Math.floor(middle / LEAST_MS) * LEAST_MS;
  const inside = (instant: number): boolean => instant > from.getTime() && instant < to.getTime();
  const cut = [midnight, ...(basis === 'day' ? [] : [second])].find(inside);
  if (basis === 'snapshot' || cut === undefined) return null;
  return [
    { from: new Date(cut), to },
    { from, to: new Date(cut) },
  ];
}
