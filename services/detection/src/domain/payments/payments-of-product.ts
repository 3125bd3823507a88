import { groupBy } from '@recoup/kernel';
import type { Payment } from '../facts.js';

const grouped = new WeakMap<readonly Payment[], ReadonlyMap<string, readonly Payment[]>>();

/**
 * The payments for one FNSKU among those of a product: of several that are one product, each has a cost of its own. Grouped
 * once for each list, and the same list for the same FNSKU: a product with many losses asks often.
 */
export function paymentsOfProduct(payments: readonly Payment[], fnsku: string): readonly Payment[] {
  let groups = grouped.get(payments);
  if (!groups) {
    groups = groupBy(payments, ({ data }) => data.fnsku);
    grouped.set(payments, groups);
  }
  return groups.get(fnsku) ?? NONE;
}

const NONE: readonly Payment[] = [];
