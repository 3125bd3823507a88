import { measureOf, type Measure } from '../fees/measure.js';
import { referralRate } from '../fees/referral-fee.js';
import { between } from '../random.js';
import type { FeeCause } from './fee-cause.js';

function scaled({ longest, median, shortest, weight }: Measure, share: number): Measure {
  const [a, b, c] = [longest, median, shortest].map((side) => Math.round(side * share));
  return measureOf([a ?? longest, b ?? median, c ?? shortest], Math.round(weight * share));
}

/** Repacked: what was charged before is more than Amazon states today, and was right. */
export const measuredSmaller: FeeCause = {
  name: 'measured_anew_smaller',
  weight: 3,
  owes: null,
  why: 'the product was larger when it was charged more: the storage report of that time says so',
  plant: ({ product, random, daysBefore }) => ({
    measuredBefore: {
      until: daysBefore(between(random, 20, 50)),
      measure: scaled(product.measure, 1.35),
    },
  }),
};

/** Repacked: the fee rose because the product grew, and Amazon states the new size. */
export const measuredLarger: FeeCause = {
  name: 'measured_anew_larger',
  weight: 3,
  owes: null,
  why: 'the fee rose with the size that Amazon measured, and that is what it states',
  plant: ({ product, random, daysBefore }) => ({
    measuredBefore: {
      until: daysBefore(between(random, 20, 50)),
      measure: scaled(product.measure, 0.7),
    },
  }),
};

/** Sold in a dearer category from the first day on, until it was moved to the one it is in today. */
export const movedToOtherCategory: FeeCause = {
  name: 'moved_to_another_category',
  weight: 2,
  owes: null,
  why: 'the larger commission was that of the category it was in then: it had never been charged less before',
  plant: ({ product, random, daysBefore }) => ({
    referral: {
      from: daysBefore(500),
      to: daysBefore(between(random, 10, 50)),
      perMille: referralRate(product.group) + 20,
    },
  }),
};

/** Nothing is planted: it happens to every product, and one is named to look at. */
export const newRateCard: FeeCause = {
  name: 'new_rate_card',
  weight: 1,
  owes: null,
  why: 'fees changed for everyone on a day in January',
  plant: () => ({}),
};

/** Nothing is planted: it happens to every product, and one is named to look at. */
export const peakSeason: FeeCause = {
  name: 'peak_season',
  weight: 1,
  owes: null,
  why: 'shipping costs more from the middle of October to the middle of January, storage from October to December',
  plant: () => ({}),
};
