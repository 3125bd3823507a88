/** An exact decimal number: `digits` divided by ten to the power of `places`. */
export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

const DECIMAL = /^\d+(?:\.(\d+))?$/;

/** A number that is not negative, from its text; null for any other text. */
export function decimalOf(text: string | null): Decimal | null {
  const parts = text === null ? null : DECIMAL.exec(text);
  if (!parts || text === null) return null;
  return { digits: BigInt(text.replace('.', '')), places: parts[1]?.length ?? 0 };
}

export function product(...all: readonly Decimal[]): Decimal {
  return {
    digits: all.reduce((digits, one) => digits * one.digits, 1n),
    places: all.reduce((places, one) => places + one.places, 0),
  };
}

/** A number divided by a whole one and rounded to some places, halves upward: its digits at those places. */
export function roundedTo(places: number, { digits, places: has }: Decimal, by = 1n): bigint {
  const up = 10n ** BigInt(Math.max(0, places - has));
  const down = by * 10n ** BigInt(Math.max(0, has - places));
  return (digits * up * 2n + down) / (down * 2n);
}
