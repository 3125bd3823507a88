import type { FeatureName } from './features.js';

export interface Term {
  /** The direction in which the feature may move a claim, whatever else is true of it: a model that breaks it is refused. */
  readonly direction: 1 | -1;
  /** Log-odds per unit of the feature, by the reasoning in `why`: where learning starts, and stays without data. */
  readonly reasoned: number;
  readonly why: string;
}

export const terms: Readonly<Record<FeatureName, Term>> = {
  stated_by_amazon: {
    direction: 1,
    reasoned: 2.2,
    why: 'Amazon itself states the share of this that is open: its own ground for a claim',
  },
  age_share: {
    direction: 1,
    reasoned: 0.9,
    why: 'the older a loss is within its window, the less likely it is still put right unasked',
  },
  settling: {
    direction: -1,
    reasoned: -2,
    why: 'Amazon pays most losses by itself within days: so early it may still do so, and refuse a claim as premature',
  },
  last_days: {
    direction: -1,
    reasoned: -1.2,
    why: 'in the last two weeks of the window a question of Amazon may not be answered in time',
  },
  noise: {
    direction: -1,
    reasoned: -0.8,
    why: 'rows near the loss that blur the story (transfers, redefinitions, reversals, unclear payments): a reviewer may read each as the loss being settled',
  },
  settled_share: {
    direction: -1,
    reasoned: -2,
    why: 'Amazon has looked at this loss and paid for part of it: the rest has probably been refused once',
  },
  one_centre: {
    direction: 1,
    reasoned: 0.4,
    why: 'all of it happened at one place, so that one extract shows the whole story',
  },
  size: {
    direction: -1,
    reasoned: -0.2,
    why: 'each doubling of the units makes a closer look by Amazon more likely',
  },
  value_known: {
    direction: 1,
    reasoned: 0.6,
    why: 'there is a precedent or a document for the amount, and no argument about it',
  },
  pair_complete: {
    direction: 1,
    reasoned: 0.5,
    why: 'both halves of the event are booked and agree to the unit',
  },
  exact_match: {
    direction: 1,
    reasoned: 0.8,
    why: 'the share of what it rests on that Amazon itself ties together by an id: order, shipment, reimbursement',
  },
  repeats: {
    direction: 1,
    reasoned: 0.3,
    why: 'each doubling of equal charges makes an accident of one of them less likely',
  },
  excess_share: {
    direction: 1,
    reasoned: 0.5,
    why: 'the larger the excess beside what is right, the less it can be rounding',
  },
  unsellable: {
    direction: -1,
    reasoned: -1.5,
    why: 'the units could not have been sold when it happened',
  },
  partial_sources: {
    direction: -1,
    reasoned: -1.5,
    why: 'part of what would show a payment or a return could not be read: this may be settled already',
  },
};
