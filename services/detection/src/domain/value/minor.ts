import { BadAmount, toMinor, type Money } from '@recoup/kernel';

/** Minor units of an amount as Amazon told it; null where it has further places, which nobody can pay. */
export function minorOrNull(money: Money): bigint | null {
  try {
    return toMinor(money);
  } catch (error) {
    if (error instanceof BadAmount) return null;
    throw error;
  }
}
