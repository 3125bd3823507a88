import { dayOf, type Interval } from './interval.js';
import type { OrdersPerDay } from './pack-orders.js';

/**
 * How many orders a sync will bring, for "1,247 of 2,500". Null when Amazon did not tell, and when orders are read by
 * their changes, which nobody counts.
 */
export function totalOrders(
  gaps: { readonly created: readonly Interval[]; readonly updated: readonly Interval[] },
  perDay: OrdersPerDay | null,
): number | null {
  if (!perDay || gaps.updated.length > 0) return null;
  let total = 0;
  for (const [day, orders] of perDay) {
    const inGap = gaps.created.some(
      ({ from, to }) => day >= dayOf(from) && day <= dayOf(new Date(to.getTime() - 1)),
    );
    if (inGap) total += orders;
  }
  return total;
}
