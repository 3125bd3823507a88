import type { StorageFeeFact } from '@recoup/contracts';
import { decimalOf, product, roundedTo, type Decimal } from './decimal.js';

/** Cubic units of length in one of volume, by the words of Amazon's report. */
const CUBES: Readonly<Record<string, bigint>> = {
  'inches/cubic feet': 1_728n,
  'centimeters/cubic meters': 1_000_000n,
  'centimetres/cubic metres': 1_000_000n,
};

export interface Volumes {
  /** What the product was charged as. */
  readonly charged: Decimal;
  /** What its sides make, rounded as the report rounds volumes. */
  readonly ofSides: Decimal;
}

/** Both volumes that a row of the storage report states; null where it does not state them, or in units not known. */
export function statedVolumes({ measure, itemVolume, volumeUnit }: StorageFeeFact): Volumes | null {
  const { longestSide, medianSide, shortestSide, lengthUnit } = measure;
  const cube = CUBES[`${lengthUnit ?? ''}/${volumeUnit ?? ''}`.toLowerCase()];
  const charged = decimalOf(itemVolume);
  const a = decimalOf(longestSide);
  const b = decimalOf(medianSide);
  const c = decimalOf(shortestSide);
  if (cube === undefined || !charged || !a || !b || !c) return null;
  const { places } = charged;
  const digits = roundedTo(places, product(a, b, c), cube);
  return digits > 0n ? { charged, ofSides: { digits, places } } : null;
}
