import type { StorageFeeFact } from '@recoup/contracts';
import { currencyDigits, minorOf } from '@recoup/kernel';
import { decimalOf, product, roundedTo, type Decimal } from './decimal.js';
import { statedVolumes, type Volumes } from './stated-volume.js';

/** What a row of the storage report was charged, and what its own figures make of the product's sides. Minor units. */
export interface StorageReckoning {
  readonly charged: bigint;
  readonly expected: bigint;
}

/** A charge is explained by the stated figures where it differs by no more minor units: reports round each figure. */
const ROUNDING = 2n;
/** Volumes that differ by no more hundredths are the same: one is of the package, one of its sides as printed. */
const VOLUME_TOLERANCE = 5n;

/**
 * A charge for more volume than the sides on the same row make, at the row's own average quantity and rate: so neither the
 * difference between an average and a count, nor a season, class or discount has part in it. Null where the two agree,
 * where something else is in the charge (a utilisation surcharge), or where a figure is missing.
 */
export function storedTooDear(row: StorageFeeFact): StorageReckoning | null {
  const volumes = statedVolumes(row);
  const charged = minorOf(row.fee, row.currency);
  const average = decimalOf(row.averageQuantityOnHand);
  const rate = decimalOf(row.baseRate);
  if (!volumes || charged === null || !average || !rate || !isTooLarge(volumes)) return null;
  if (hasSurcharge(row)) return null;
  const places = currencyDigits(row.currency);
  const feeFor = (volume: Decimal) => roundedTo(places, product(average, volume, rate));
  const apart = feeFor(volumes.charged) - charged;
  if (apart > ROUNDING || -apart > ROUNDING) return null;
  const expected = feeFor(volumes.ofSides);
  return charged > expected ? { charged, expected } : null;
}

function isTooLarge({ charged, ofSides }: Volumes): boolean {
  return charged.digits * 100n > ofSides.digits * (100n + VOLUME_TOLERANCE);
}

function hasSurcharge({ utilizationSurchargeRate, incentive }: StorageFeeFact): boolean {
  return [utilizationSurchargeRate, incentive].some((part) => part !== null && Number(part) !== 0);
}
