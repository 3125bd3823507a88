import type { TransactionAmount } from '@recoup/contracts';
import { sumOfDecimals } from './decimal.js';

interface Money {
  readonly amount: string;
  readonly currency: string;
}

/**
 * Amounts with each kind once, in a fixed order. A kind that comes to nothing is left out: one generation lists zeros where
 * the other is silent.
 */
export function collected(amounts: readonly TransactionAmount[]): TransactionAmount[] {
  const byKind = new Map<string, TransactionAmount[]>();
  for (const one of amounts) {
    const kind = JSON.stringify([one.type, one.currency]);
    byKind.set(kind, [...(byKind.get(kind) ?? []), one]);
  }
  return [...byKind]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, same]) => {
      const amount = sumOfDecimals(same.map((one) => one.amount));
      return same[0] && amount !== '0' ? [{ ...same[0], amount }] : [];
    });
}

/** The sum of amounts of one currency; null where there is none, or several. */
export function totalOf(amounts: readonly Money[]): Money | null {
  const [first] = amounts;
  if (!first || amounts.some(({ currency }) => currency !== first.currency)) return null;
  return {
    amount: sumOfDecimals(amounts.map(({ amount }) => amount)),
    currency: first.currency,
  };
}

/** What of a total the amounts in its currency do not explain; null where they explain all of it. */
export function unexplained(total: Money | null, amounts: readonly Money[]): Money | null {
  if (!total) return null;
  const explained = amounts.filter(({ currency }) => currency === total.currency);
  const amount = sumOfDecimals([total.amount, ...explained.map((one) => negated(one.amount))]);
  return amount === '0' ? null : { amount, currency: total.currency };
}

function negated(decimal: string): string {
  return decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
}
