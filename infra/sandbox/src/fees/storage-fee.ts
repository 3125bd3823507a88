import { sizeTierOf } from './fulfilment-fee.js';
import type { Measure } from './measure.js';
import { AGED_RATES, STORAGE_RATES } from './rate-card.js';

/** Cents for a cubic foot in a month (`YYYY-MM`). */
export function storageRate(measure: Measure, month: string): number {
  const rates = sizeTierOf(measure).oversize ? STORAGE_RATES.oversize : STORAGE_RATES.standard;
  const peak = STORAGE_RATES.peakMonths.some((one) => one === Number(month.slice(5)));
  return peak ? rates.peak : rates.offPeak;
}

export interface StorageReckoning {
  /** Hundredths of a unit: the average of the month's days. */
  readonly averageUnits: number;
  /** Ten-thousandths of a cubic foot. */
  readonly volume: number;
  /** Cents for a cubic foot. */
  readonly rate: number;
}

/** A month's storage in cents, from exactly the figures that the report tells. */
export function storageCents({ averageUnits, volume, rate }: StorageReckoning): number {
  return Math.round((averageUnits * volume * rate) / 1_000_000);
}

/** The surcharge in cents for so many units that have lain for at least so many days; 0 while they are young. */
export function agedCents(units: number, volume: number, days: number): number {
  const rate = AGED_RATES.find((tier) => days >= tier.days)?.cents ?? 0;
  return Math.round((units * volume * rate) / 10_000);
}
