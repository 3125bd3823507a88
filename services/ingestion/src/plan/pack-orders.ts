import { dayWindows } from './day-windows.js';
import { dayOf, type Interval } from './interval.js';

/** Orders a day; a day that is absent has none. */
export type OrdersPerDay = ReadonlyMap<string, number>;

export interface PackedWindow extends Interval {
  /** Pages that the window is expected to hold. */
  readonly calls: number;
  /** Records that the window is expected to hold; null where nobody told. */
  readonly expected: number | null;
}

/** A window whose pages are fuller than this is good enough. */
const GOOD_FILL = 0.93;
/** Days are not put together beyond this: it is what a crash makes to fetch again. A single day may need more. */
const MOST_PAGES = 8;

interface CountedDay extends Interval {
  readonly orders: number;
}

/**
 * Packs whole days into windows of well-filled pages, newest first: one page where days are small, a few where they are
 * not. A page costs a rate token (three minutes), and days of 60 orders, one to a page, would cost nearly twice the calls;
 * a window of many pages would be more to fetch again after a crash.
 */
export function packOrders(gap: Interval, perDay: OrdersPerDay, pageSize: number): PackedWindow[] {
  const days = dayWindows(gap, 1).map((day) => ({
    ...day,
    orders: perDay.get(dayOf(day.from)) ?? 0,
  }));
  const windows: PackedWindow[] = [];
  for (let start = 0; start < days.length;) {
    const { count, calls } = fullest(days.slice(start), pageSize);
    const newest = days[start];
    const oldest = days[start + count - 1];
    const expected = days.slice(start, start + count).reduce((sum, { orders }) => sum + orders, 0);
    if (newest && oldest) windows.push({ from: oldest.from, to: newest.to, calls, expected });
    start += count;
  }
  return windows;
}

interface Candidate {
  readonly count: number;
  readonly calls: number;
  readonly fill: number;
}

/** For each number of pages the most days that need no more; of these the first that is full enough, else the fullest. */
function fullest(days: readonly CountedDay[], pageSize: number): Candidate {
  let best: Candidate = { count: 0, calls: 0, fill: -1 };
  let longest: Candidate | undefined;
  let orders = 0;
  for (const [index, day] of days.entries()) {
    orders += day.orders;
    const calls = Math.max(1, Math.ceil(orders / pageSize));
    if (longest && calls > longest.calls) {
      if (longest.fill > best.fill) best = longest;
      if (best.fill >= GOOD_FILL || calls > MOST_PAGES) return best;
    }
    longest = { count: index + 1, calls, fill: orders / (calls * pageSize) };
  }
  return longest && longest.fill >= best.fill ? longest : best;
}
