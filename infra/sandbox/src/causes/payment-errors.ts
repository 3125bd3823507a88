import type { AgedCause } from './cause.js';

/** Days after its approval in which a payment may still come: 5 to be booked, 14 of a settlement. */
const MAY_STILL_COME = 19;
/** Days after a reversal in which the find that was its reason may still be booked. */
const MAY_STILL_BE_FOUND = 30;

/** Amazon's report says that it paid, and no money came. */
export const paymentNeverCame: AgedCause = {
  name: 'payment_never_credited',
  span: 4,
  weight: 1,
  age: { from: 28, to: 58 },
  plant: (plot) => {
    const units = plot.units(1, 5);
    plot.adjust({ after: 0, reason: 'M', quantity: -units });
    const { id } = plot.pay({
      after: 4,
      reason: 'Lost_Warehouse',
      cash: units,
      creditedAfter: null,
    });
    return {
      claims: [
        {
          ...{ subtype: 'missing_reimbursement', units, day: plot.day + 4, referenceIds: [id] },
          ...{ opensAfter: MAY_STILL_COME, unitCents: plot.product.costCents },
        },
      ],
    };
  },
};

/** Credited with the settlement after the next. */
export const paymentCameLate: AgedCause = {
  name: 'payment_credited_late',
  span: 17,
  weight: 1,
  age: { from: 28, to: 58 },
  plant: (plot) => {
    const units = plot.units(1, 5);
    const reference = plot.adjust({ after: 0, reason: 'M', quantity: -units });
    const { id } = plot.pay({ after: 4, reason: 'Lost_Warehouse', cash: units, creditedAfter: 13 });
    return {
      lookAlikes: [
        { referenceIds: [reference, id], why: 'Amazon paid every unit, and the money came late' },
      ],
    };
  },
};

/** Paid for a loss that was settled by it, and taken back though nothing was found. */
export const paymentTakenBack: AgedCause = {
  name: 'reversed_without_find',
  span: 24,
  weight: 1,
  // The loss itself is past its window: claimed as lost it can no longer be.
  age: { from: 63, to: 79 },
  plant: (plot) => {
    const units = plot.units(1, 4);
    plot.adjust({ after: 0, reason: 'M', quantity: -units });
    const paid = plot.pay({ after: 4, reason: 'Lost_Warehouse', cash: units });
    const { id } = plot.pay({
      ...{ after: 24, reason: 'Reimbursement_Reversal', cash: -units },
      reverses: paid,
    });
    return {
      claims: [
        {
          ...{ subtype: 'reimbursement_reversed', units, day: plot.day + 24, referenceIds: [id] },
          ...{ opensAfter: MAY_STILL_BE_FOUND, unitCents: plot.product.costCents },
        },
      ],
    };
  },
};

/** Paid for every unit, and less than the seller says that one costs. */
export const paidBelowCost: AgedCause = {
  name: 'paid_below_cost',
  span: 4,
  weight: 1,
  age: { from: 10, to: 58 },
  plant: (plot) => {
    const units = plot.units(1, 4);
    const cents = plot.product.costCents;
    const perUnitCents = Math.floor((cents * plot.units(50, 90)) / 100);
    plot.adjust({ after: 0, reason: 'M', quantity: -units });
    const { id } = plot.pay({ after: 4, reason: 'Lost_Warehouse', cash: units, perUnitCents });
    return {
      claims: [
        {
          ...{ subtype: 'reimbursement_undervalued', units, day: plot.day + 4, referenceIds: [id] },
          ...{ unitCents: cents - perUnitCents, cost: { cents, from: 0 } },
        },
      ],
    };
  },
};

/** Paid at what it cost then. */
export const costRoseSince: AgedCause = {
  name: 'paid_before_cost_rose',
  span: 4,
  weight: 1,
  age: { from: 10, to: 58 },
  plant: (plot) => {
    const units = plot.units(1, 4);
    const cents = Math.ceil((plot.product.costCents * plot.units(110, 150)) / 100);
    plot.adjust({ after: 0, reason: 'M', quantity: -units });
    const { id } = plot.pay({ after: 4, reason: 'Lost_Warehouse', cash: units });
    const cost = { cents, from: plot.day + 6 };
    return {
      lookAlikes: [{ referenceIds: [id], why: 'a unit cost less when it was paid for', cost }],
    };
  },
};
