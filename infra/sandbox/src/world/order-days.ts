import { DAYS } from './calendar.js';

/** How orders fall on days: `starts[d]` is the number of orders before day d, the last element all of them. */
export type OrderDays = Int32Array;

/**
 * Exactly `orders` orders before the anchor, more on weekends and before its yearly peak, without a draw per order; the
 * days after it go on in the same way.
 */
export function spreadOverDays(orders: number, days: number): OrderDays {
  const total = Array.from({ length: DAYS }, (_, day) => weightOf(day)).reduce((a, b) => a + b, 0);
  const starts = new Int32Array(days + 1);
  let sum = 0;
  for (let day = 0; day < days; day += 1) {
    sum += weightOf(day);
    starts[day + 1] = Math.round((orders * sum) / total);
  }
  return starts;
}

function weightOf(day: number): number {
  const week = day % 7 < 2 ? 1.25 : 0.9;
  const season = 1 + 0.35 * Math.sin((2 * Math.PI * day) / DAYS);
  return week * season;
}

/** Number of orders before a day; 0 before the world, all after it. */
export function startOf(days: OrderDays, day: number): number {
  return days[Math.min(Math.max(day, 0), days.length - 1)] ?? 0;
}

/** The day of the n-th order (binary search). */
export function dayOfOrder(days: OrderDays, n: number): number {
  let low = 0;
  let high = days.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(days, middle) <= n) low = middle;
    else high = middle - 1;
  }
  return low;
}
