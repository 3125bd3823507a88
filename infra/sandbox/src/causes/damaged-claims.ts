import type { Cause, PlantedClaim } from './cause.js';
import { damageByWarehouse } from './damage.js';
import type { Plot } from './plot.js';

const claimOf = (plot: Plot, units: number, reference: string): PlantedClaim => ({
  subtype: 'damaged_warehouse',
  units,
  day: plot.day,
  referenceIds: [reference],
});

export const damagedNeverPaid: Cause = {
  name: 'damaged_never_paid',
  span: 0,
  weight: 9,
  plant: (plot) => {
    const units = plot.units(1, 6);
    const reference = damageByWarehouse(plot, { after: 0, units, open: units });
    return { claims: [claimOf(plot, units, reference)] };
  },
};

/** Paid in part. What Amazon pays for becomes Amazon's, which the ledger sometimes shows as an O row. */
export const damagedPartlyPaid: Cause = {
  name: 'damaged_partly_paid',
  span: 12,
  weight: 5,
  plant: (plot) => {
    const units = plot.units(3, 8);
    const paid = plot.units(1, units - 1);
    const after = plot.units(4, 12);
    const reference = damageByWarehouse(plot, { after: 0, units, open: units - paid });
    plot.pay({ after, reason: 'Damaged_Warehouse', cash: paid });
    if (plot.random() < 0.5) {
      plot.adjust({ after, reason: 'O', quantity: -paid, disposition: 'WAREHOUSE_DAMAGED' });
    }
    return { claims: [claimOf(plot, units - paid, reference)] };
  },
};

/** Damaged stock that is then misplaced is gone once: Amazon settles the second row with the first. */
export const damagedThenMisplaced: Cause = {
  name: 'damaged_then_misplaced',
  span: 6,
  weight: 3,
  plant: (plot) => {
    const units = plot.units(2, 6);
    const reference = damageByWarehouse(plot, { after: 0, units, open: units });
    const misplaced = plot.adjust({
      after: plot.units(2, 6),
      reason: 'M',
      quantity: -units,
      disposition: 'WAREHOUSE_DAMAGED',
    });
    return {
      claims: [claimOf(plot, units, reference)],
      lookAlikes: [
        { referenceIds: [misplaced], why: 'the same damaged units misplaced: one loss, not two' },
      ],
    };
  },
};
