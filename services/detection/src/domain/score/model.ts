import type { ClaimSubtype } from '@recoup/contracts';
import type { FeatureName } from './features.js';

interface Term {
  /** Log-odds per unit of the feature. Its sign is part of the model: see the tests. */
  readonly weight: number;
  readonly why: string;
}

export interface Model {
  readonly version: string;
  readonly intercept: number;
  readonly terms: Readonly<Record<FeatureName, Term>>;
  /** Log-odds by which one kind of claim differs from the others; 0 for those that are not named. */
  readonly kinds: Readonly<Partial<Record<ClaimSubtype, number>>>;
}

/**
 * The first model. Its weights are set by hand from the reasoning written beside them. It was trained on nothing and
 * calibrated on no outcome: its figures order claims, and say how sure the rules are, in the form of a probability.
 */
export const claimModel: Model = {
  version: 'claim-rules-2',
  intercept: -1.2,
  kinds: {},
  terms: {
    stated_by_amazon: {
      weight: 2.2,
      why: 'Amazon itself states the share of this that is open: its own ground for a claim',
    },
    age_share: {
      weight: 0.9,
      why: 'the older a loss is within its window, the less likely it is still put right unasked',
    },
    settling: {
      weight: -2,
      why: 'Amazon pays most losses by itself within days: so early it may still do so, and refuse a claim as premature',
    },
    last_days: {
      weight: -1.2,
      why: 'in the last two weeks of the window a question of Amazon may not be answered in time',
    },
    noise: {
      weight: -0.8,
      why: 'rows near the loss that blur the story (transfers, redefinitions, reversals, unclear payments): a reviewer may read each as the loss being settled',
    },
    settled_share: {
      weight: -2,
      why: 'Amazon has looked at this loss and paid for part of it: the rest has probably been refused once',
    },
    one_centre: {
      weight: 0.4,
      why: 'all of it happened at one place, so that one extract shows the whole story',
    },
    size: {
      weight: -0.2,
      why: 'each doubling of the units makes a closer look by Amazon more likely',
    },
    value_known: {
      weight: 0.6,
      why: 'there is a precedent or a document for the amount, and no argument about it',
    },
    pair_complete: {
      weight: 0.5,
      why: 'both halves of the event are booked and agree to the unit',
    },
    exact_match: {
      weight: 0.8,
      why: 'the share of what it rests on that Amazon itself ties together by an id: order, shipment, reimbursement',
    },
    repeats: {
      weight: 0.3,
      why: 'each doubling of equal charges makes an accident of one of them less likely',
    },
    excess_share: {
      weight: 0.5,
      why: 'the larger the excess beside what is right, the less it can be rounding',
    },
    unsellable: { weight: -1.5, why: 'the units could not have been sold when it happened' },
    partial_sources: {
      weight: -1.5,
      why: 'part of what would show a payment or a return could not be read: this may be settled already',
    },
  },
};
