import { shippingWeight, type Measure } from './measure.js';
import {
  COUNTRY_LEVELS,
  FULFILMENT_LEVELS,
  PEAK_SEASON,
  SIZE_TIERS,
  type SizeTier,
} from './rate-card.js';

/** The smallest tier that a unit fits into. */
export function sizeTierOf(measure: Measure): SizeTier {
  const tier = SIZE_TIERS.find(({ limit }) => limit === null || fits(measure, limit));
  if (!tier) throw new RangeError('the last tier has a limit');
  return tier;
}

function fits(measure: Measure, limit: Measure): boolean {
  return (
    measure.longest <= limit.longest &&
    measure.median <= limit.median &&
    measure.shortest <= limit.shortest &&
    measure.weight <= limit.weight
  );
}

/** What Amazon takes for shipping one unit of that size on a day (`YYYY-MM-DD`), in cents. */
export function fulfilmentCents(measure: Measure, country: string, day: string): number {
  const tier = sizeTierOf(measure);
  const bands = Math.max(1, Math.ceil(shippingWeight(measure) / tier.band));
  const base = tier.baseCents + (bands - 1) * tier.bandCents;
  const peak = isPeakSeason(day) ? tier.peakCents : 0;
  const level = FULFILMENT_LEVELS.findLast(({ from }) => from <= day)?.perMille ?? 1_000;
  const share = COUNTRY_LEVELS[country];
  if (share === undefined) throw new RangeError(`the card has no level for ${country}`);
  return Math.round(((base + peak) * level * share) / 1_000_000);
}

/** Whether fulfilment is dearer on a day (`YYYY-MM-DD`). */
export function isPeakSeason(day: string): boolean {
  const monthDay = day.slice(5);
  return monthDay >= PEAK_SEASON.from || monthDay <= PEAK_SEASON.to;
}
