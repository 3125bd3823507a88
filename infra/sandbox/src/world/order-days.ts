import { DAYS } from './calendar.js';

/** How orders fall on days: `starts[d]` is the number of orders before day d, `starts[DAYS]` all of them. */
export type OrderDays = Int32Array;

/** Exactly `orders` orders, more on weekends and before the anchor's yearly peak, without a draw per order. */
export function spreadOverDays(orders: number): OrderDays {
  const weights = Array.from({ length: DAYS }, (_, day) => {
    const week = day % 7 < 2 ? 1.25 : 0.9;
    const season = 1 + 0.35 * Math.sin((2 * Math.PI * day) / DAYS);
    return week * season;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const starts = new Int32Array(DAYS + 1);
  let sum = 0;
  weights.forEach((weight, day) => {
    sum += weight;
    starts[day + 1] = Math.round((orders * sum) / total);
  });
  return starts;
}

/** Number of orders before a day; 0 before the world, all after it. */
export function startOf(days: OrderDays, day: number): number {
  return days[Math.min(Math.max(day, 0), DAYS)] ?? 0;
}

/** The day of the n-th order (binary search). */
export function dayOfOrder(days: OrderDays, n: number): number {
  let low = 0;
  let high = DAYS - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(days, middle) <= n) low = middle;
    else high = middle - 1;
  }
  return low;
}
