/** A feature as a detector reads it: a plain number, nothing about a person. */
export type Features = Readonly<Record<FeatureName, number>>;

export type FeatureName =
  | 'stated_by_amazon'
  | 'age_share'
  | 'settling'
  | 'last_days'
  | 'noise'
  | 'reimbursed_share'
  | 'one_centre'
  | 'size'
  | 'value_known'
  | 'pair_complete'
  | 'unsellable'
  | 'partial_sources';

interface Term {
  /** Log-odds per unit of the feature. Its sign is part of the model: see the tests. */
  readonly weight: number;
  readonly why: string;
}

export interface Model {
  readonly version: string;
  readonly intercept: number;
  readonly terms: Readonly<Record<FeatureName, Term>>;
}

/**
 * The first model. Its weights are set by hand from the reasoning written beside them. It was trained on nothing and
 * calibrated on no outcome: its figures order claims, and say how sure the rules are, in the form of a probability.
 */
export const warehouseModel: Model = {
  version: 'warehouse-rules-1',
  intercept: -1.2,
  terms: {
    stated_by_amazon: {
      weight: 2.2,
      why: 'Amazon itself states the share of these units that is unreconciled: its own ground for a claim',
    },
    age_share: {
      weight: 0.9,
      why: 'the older a loss is within its window, the less likely the units still turn up or are paid unasked',
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
      why: 'transfers, redefinitions, reversals or unclear payments near the loss: a reviewer may read each as the units being back or paid',
    },
    reimbursed_share: {
      weight: -2,
      why: 'Amazon has looked at this loss and paid for part of it: the rest has probably been refused once',
    },
    one_centre: {
      weight: 0.4,
      why: 'loss and finds lie at one centre, so that one extract of the ledger shows the whole story',
    },
    size: {
      weight: -0.2,
      why: 'each doubling of the units makes a closer look by Amazon more likely',
    },
    value_known: {
      weight: 0.6,
      why: 'Amazon has paid in full for this product before: there is a precedent, and no argument about the amount',
    },
    pair_complete: {
      weight: 0.5,
      why: 'every damaged unit is booked in both halves, at one centre on one day',
    },
    unsellable: { weight: -1.5, why: 'the units could not have been sold when they went missing' },
    partial_sources: {
      weight: -1.5,
      why: 'part of the ledger or of the payments could not be read: this may be settled already',
    },
  },
};
