import type { TransactionFact } from '@recoup/contracts';
import type { Keyed } from '../facts.js';
import { minorOrNull } from '../value/minor.js';

export type Transaction = Keyed<TransactionFact>;

/** Amounts of one SKU in some transactions, in minor units of one currency, by what they are for. */
export interface Amounts {
  readonly currency: string;
  /** Null where Amazon did not say of one of them. */
  readonly units: number | null;
  of(type: string): bigint;
  has(type: string): boolean;
  readonly types: readonly string[];
}

/**
 * What transactions say of one SKU. Money that is held comes again as its release, so that only what is not held counts.
 * Null where there is nothing, several currencies, or an amount that nobody can pay.
 */
export function amountsOf(transactions: readonly Transaction[], sku: string): Amounts | null {
  const items = transactions
    .filter(({ data }) => !data.held)
    .flatMap(({ data }) => data.items.filter((item) => item.sku === sku));
  const sums = new Map<string, bigint>();
  let currency: string | null = null;
  for (const amount of items.flatMap(({ amounts }) => amounts)) {
    const minor = minorOrNull(amount);
    currency ??= amount.currency;
    if (minor === null || amount.currency !== currency) return null;
    sums.set(amount.type, (sums.get(amount.type) ?? 0n) + minor);
  }
  if (currency === null) return null;
  const units = items.some(({ quantity }) => quantity === null)
    ? null
    : items.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
  return {
    currency,
    units,
    of: (type) => sums.get(type) ?? 0n,
    has: (type) => sums.has(type),
    types: [...sums.keys()],
  };
}

/** When a transaction was posted: to the second where Amazon says so, else as its day begins. */
export function postedMs({ data }: Transaction): number {
  return Date.parse(data.postedAt ?? `${data.postedDay}T00:00:00Z`);
}
