import type { TransactionFact } from '@recoup/contracts';
import { fromMinor, toMinor } from '@recoup/kernel';
import { compareText, distinct, type Keyed } from '../facts.js';

/** Money that came in for a product and for no order. */
export interface Credit {
  readonly key: string;
  readonly day: string;
  readonly sku: string;
  readonly currency: string | null;
  /** Minor units; null where its share of a larger amount is not told, or its currency. */
  readonly minor: bigint | null;
}

/**
 * Adjustments in the seller's favour, one per product in them, in day order. Money that is held back is on its way: it
 * counts as come. What an adjustment is for is not read: Amazon words it in more ways than are documented, and a credit
 * that is taken for another one hides a claim, while one that is overlooked makes a false one.
 */
export function creditsOf(transactions: readonly Keyed<TransactionFact>[]): readonly Credit[] {
  return distinct(transactions)
    .filter(({ data }) => data.type === 'Adjustment' && !isTaken(data))
    .flatMap(({ key, data }) =>
      data.items.map(({ sku, amounts }) => {
        const own = data.items.length === 1 ? data.total : sumOf(amounts);
        return {
          key,
          day: data.postedDay,
          sku,
          currency: own?.currency ?? null,
          minor: own && toMinor(own),
        };
      }),
    )
    .sort((a, b) => compareText(a.day, b.day) || compareText(a.key, b.key));
}

function isTaken({ total }: TransactionFact): boolean {
  return total !== null && toMinor(total) <= 0n;
}

type Amounts = TransactionFact['items'][number]['amounts'];

/** Null where there is nothing to add, or amounts of several currencies. */
function sumOf(amounts: Amounts): { amount: string; currency: string } | null {
  const [first] = amounts;
  if (!first || amounts.some(({ currency }) => currency !== first.currency)) return null;
  const minor = amounts.reduce((sum, money) => sum + toMinor(money), 0n);
  return fromMinor(minor, first.currency);
}
