import { pick } from '../random.js';
import type { Cause } from './cause.js';

export const foundInPlace: Cause = {
  name: 'misplaced_all_found',
  span: 14,
  weight: 22,
  plant: (plot) => {
    const units = plot.units(1, 10);
    const reference = plot.adjust({ after: 0, reason: 'M', quantity: -units });
    plot.adjust({ after: plot.units(0, 14), reason: 'F', quantity: units });
    return { lookAlikes: [{ referenceIds: [reference], why: 'all units found again' }] };
  },
};

export const foundElsewhere: Cause = {
  name: 'misplaced_all_found_elsewhere',
  span: 18,
  weight: 20,
  plant: (plot) => {
    const units = plot.units(2, 10);
    const early = plot.units(1, units - 1);
    const reference = plot.adjust({ after: 0, reason: 'M', quantity: -units });
    const center = pick(plot.random, plot.otherCenters);
    plot.adjust({ after: plot.units(1, 8), reason: 'F', quantity: early, center });
    plot.adjust({ after: plot.units(9, 18), reason: 'F', quantity: units - early, center });
    return { lookAlikes: [{ referenceIds: [reference], why: 'all units found at other centres' }] };
  },
};

export const fullyReimbursed: Cause = {
  name: 'misplaced_fully_reimbursed',
  span: 12,
  weight: 14,
  pays: true,
  plant: (plot) => {
    const units = plot.units(1, 6);
    const reference = plot.adjust({ after: 0, reason: 'M', quantity: -units });
    plot.pay({ after: plot.units(1, 12), reason: 'Lost_Warehouse', cash: units });
    return { lookAlikes: [{ referenceIds: [reference], why: 'Amazon paid every unit' }] };
  },
};

export const reimbursedInKind: Cause = {
  name: 'misplaced_reimbursed_as_inventory',
  span: 15,
  weight: 9,
  plant: (plot) => {
    const units = plot.units(1, 5);
    const after = plot.units(3, 15);
    const reference = plot.adjust({ after: 0, reason: 'M', quantity: -units });
    plot.adjust({ after, reason: 'N', quantity: units });
    plot.pay({ after, reason: 'Lost_Warehouse', inventory: units });
    return {
      lookAlikes: [{ referenceIds: [reference], why: 'Amazon replaced every unit in kind' }],
    };
  },
};

/** Paid, then found after all: Amazon takes the payment back and the seller has the stock. */
export const reversedAfterFind: Cause = {
  name: 'reimbursed_then_found_and_reversed',
  span: 24,
  weight: 4,
  pays: true,
  plant: (plot) => {
    const units = plot.units(1, 4);
    const reference = plot.adjust({ after: 0, reason: 'M', quantity: -units });
    const paid = plot.pay({ after: 4, reason: 'Lost_Warehouse', cash: units });
    plot.adjust({ after: 18, reason: 'F', quantity: units });
    plot.pay({ after: 24, reason: 'Reimbursement_Reversal', cash: -units, reverses: paid });
    return {
      lookAlikes: [{ referenceIds: [reference], why: 'found, and the payment taken back' }],
    };
  },
};

/** Reported, but Amazon is still looking: it states neither that the units are settled nor that they are open. */
const researched = (name: string, age: { from: number; to: number }): Cause => ({
  name,
  span: 0,
  weight: 3,
  age,
  plant: (plot) => {
    const units = plot.units(1, 6);
    const reference = plot.adjust({ after: 0, reason: 'M', quantity: -units, settled: 0 });
    return {
      lookAlikes: [{ referenceIds: [reference], why: 'still in research, nothing open yet' }],
    };
  },
});

/** On the last day of the ledger. */
export const justReported = researched('loss_just_reported', { from: 1, to: 1 });
export const inResearch = researched('loss_in_research', { from: 2, to: 20 });

export const lostPastWindow: Cause = {
  name: 'lost_past_window',
  span: 0,
  weight: 4,
  age: { from: 75, to: 300 },
  plant: (plot) => {
    const units = plot.units(1, 6);
    const reference = plot.adjust({ after: 0, reason: 'M', quantity: -units, open: units });
    return {
      lookAlikes: [{ referenceIds: [reference], why: 'never paid, but its window has closed' }],
    };
  },
};
