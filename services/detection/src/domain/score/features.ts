/**
 * What the score is made of. Every one is a plain number, nothing about a person; one that a detector does not state is 0.
 * What each means and why it matters is written beside its weight, in the model.
 */
export const featureNames = [
  'stated_by_amazon',
  'age_share',
  'settling',
  'last_days',
  'noise',
  'settled_share',
  'one_centre',
  'size',
  'value_known',
  'pair_complete',
  'exact_match',
  'repeats',
  'excess_share',
  'unsellable',
  'partial_sources',
] as const;
export type FeatureName = (typeof featureNames)[number];
export type Features = Readonly<Partial<Record<FeatureName, number>>>;

/** From this many days before the deadline on, time is short. */
const LAST_DAYS = 14;
/** Until then Amazon's own payment may still be on its way, in days. */
const SETTLING_DAYS = 5;

export interface Times {
  /** Days since the first day of the claim. */
  readonly age: number;
  /** Days until its last one. */
  readonly daysLeft: number;
  /** Days from the one to the other. */
  readonly windowDays: number;
}

/** The features that only the calendar makes. */
export function timeFeatures({ age, daysLeft, windowDays }: Times): Features {
  return {
    age_share: Math.min(1, Math.max(0, age) / windowDays),
    settling: Math.max(0, SETTLING_DAYS - Math.max(0, age)) / SETTLING_DAYS,
    last_days: Math.max(0, LAST_DAYS - Math.max(0, daysLeft)) / LAST_DAYS,
  };
}
