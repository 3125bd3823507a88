import { measureOf } from '../fees/measure.js';
import { referralRate } from '../fees/referral-fee.js';
import { between } from '../random.js';
import type { FeeCause, FeePlot } from './fee-cause.js';

/** Begins long enough ago for several charges, and all of it within 90 days, for which fees can be claimed. */
function spanOf({ random, daysBefore }: FeePlot): { from: string; to: string | null } {
  const from = daysBefore(between(random, 60, 84));
  return { from, to: random() < 0.5 ? null : daysBefore(between(random, 5, 20)) };
}

/** Shipped as if it were a bulky thing, while Amazon states the right size all the time. */
export const chargedInWrongTier: FeeCause = {
  name: 'fulfilment_charged_in_wrong_tier',
  weight: 5,
  owes: 'fulfilment_fee',
  plant(plot) {
    const { longest, median, shortest, weight } = plot.product.measure;
    const wrong = measureOf([longest + 1_900, median + 300, shortest + 300], weight);
    return { fulfilment: { ...spanOf(plot), measure: wrong } };
  },
};

/** A month's storage of more volume than the sides on the same row make. */
export const storedAsTooLarge: FeeCause = {
  name: 'storage_charged_for_too_much_volume',
  weight: 3,
  owes: 'storage_fee',
  plant: ({ random, daysBefore }) => ({
    storage: {
      month: daysBefore(between(random, 45, 75)).slice(0, 7),
      times: between(random, 2, 4),
    },
  }),
};

/** A commission of another product group. */
export const commissionOfOtherGroup: FeeCause = {
  name: 'commission_of_another_group',
  weight: 3,
  owes: 'referral_fee',
  plant: (plot) => ({
    referral: { ...spanOf(plot), perMille: referralRate(plot.product.group) + 50 },
  }),
};
