import type { TransactionAmount } from '@recoup/contracts';
import { minorOf } from '@recoup/kernel';

/** What amounts of some kinds add up to, in minor units; null where one of them is in another currency, or no amount. */
export function sumOfKinds(
  amounts: readonly TransactionAmount[],
  kinds: ReadonlySet<string>,
  currency: string,
): bigint | null {
  let sum = 0n;
  for (const { type, amount, currency: other } of amounts) {
    if (!kinds.has(type)) continue;
    const minor = other === currency ? minorOf(amount, currency) : null;
    if (minor === null) return null;
    sum += minor;
  }
  return sum;
}

/** So many hundredths of an amount that is not negative, halves upward. */
export function percentOf(minor: bigint, percent: bigint): bigint {
  return (minor * percent * 2n + 100n) / 200n;
}
