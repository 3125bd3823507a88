import type { StorageFeeFact } from '@recoup/contracts';

/** Cubic units of length in one of volume, by the words of Amazon's report. */
const CUBES: Readonly<Record<string, bigint>> = {
  'inches/cubic feet': 1_728n,
  'centimeters/cubic meters': 1_000_000n,
  'centimetres/cubic metres': 1_000_000n,
};

interface Exact {
  readonly digits: bigint;
  readonly places: number;
}

/**
 * What a row of the storage report comes to by its own sides: average quantity × volume, rounded as the report rounds
 * volumes, × rate. Minor units of `places` decimals; null where the row does not state it all.
 */
export function storageFeeOf(row: StorageFeeFact, places: number): bigint | null {
  const { longestSide, medianSide, shortestSide, lengthUnit } = row.measure;
  const cube = CUBES[`${lengthUnit ?? ''}/${row.volumeUnit ?? ''}`.toLowerCase()];
  const stated = exact(row.itemVolume);
  const sides = product([longestSide, medianSide, shortestSide]);
  const price = product([row.averageQuantityOnHand, row.baseRate]);
  if (cube === undefined || !stated || !sides || !price) return null;
  const volume = { digits: rounded(sides, stated.places, cube), places: stated.places };
  return rounded(
    { digits: volume.digits * price.digits, places: volume.places + price.places },
    places,
  );
}

function exact(text: string | null): Exact | null {
  const parts = text === null ? null : /^\d+(?:\.(\d+))?$/.exec(text);
  if (!parts || text === null) return null;
  return { digits: BigInt(text.replace('.', '')), places: parts[1]?.length ?? 0 };
}

function product(texts: readonly (string | null)[]): Exact | null {
  let all: Exact = { digits: 1n, places: 0 };
  for (const text of texts) {
    const one = exact(text);
    if (!one) return null;
    all = { digits: all.digits * one.digits, places: all.places + one.places };
  }
  return all;
}

/** Divided by a whole number and rounded to some places, halves upward: its digits at those places. */
function rounded({ digits, places: has }: Exact, places: number, by = 1n): bigint {
  const up = 10n ** BigInt(Math.max(0, places - has));
  const down = by * 10n ** BigInt(Math.max(0, has - places));
  return (digits * up * 2n + down) / (down * 2n);
}
