import type { TransactionAmount } from '@recoup/contracts';
import { BadAmount, toMinor } from '@recoup/kernel';

/** Minor units of a decimal amount; null where it is unknown or finer than its currency. */
export function minorOf(amount: string | null, currency: string): bigint | null {
  if (amount === null) return null;
  try {
    return toMinor({ amount, currency });
  } catch (error) {
    if (error instanceof BadAmount) return null;
    throw error;
  }
}

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
