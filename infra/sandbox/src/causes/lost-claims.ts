import { pick } from '../random.js';
import type { Cause, PlantedClaim } from './cause.js';
import { damageByWarehouse } from './damage.js';

const lost = (claim: Omit<PlantedClaim, 'subtype'>): PlantedClaim => ({
  subtype: 'lost_warehouse',
  ...claim,
});

export const misplacedNeverFound: Cause = {
  name: 'misplaced_never_found',
  span: 0,
  weight: 10,
  plant: (plot) => {
    const units = plot.units(1, 9);
    const reference = plot.adjust({ after: 0, reason: 'M', quantity: -units, open: units });
    return { claims: [lost({ units, day: plot.day, referenceIds: [reference] })] };
  },
};

export const misplacedPartlyFound: Cause = {
  name: 'misplaced_partly_found',
  span: 9,
  weight: 6,
  plant: (plot) => {
    const missing = plot.units(4, 12);
    const found = plot.units(1, missing - 1);
    const open = missing - found;
    const reference = plot.adjust({ after: 0, reason: 'M', quantity: -missing, open });
    const center = pick(plot.random, [plot.center, ...plot.otherCenters]);
    plot.adjust({ after: plot.units(1, 9), reason: 'F', quantity: found, center });
    return { claims: [lost({ units: open, day: plot.day, referenceIds: [reference] })] };
  },
};

/** Amazon's own worked example of reconciliation: 16 misplaced, five found one by one elsewhere, 11 remain. */
export const workedExample: Cause = {
  name: 'worked_example',
  span: 10,
  weight: 1,
  plant: (plot) => {
    const reference = plot.adjust({ after: 0, reason: 'M', quantity: -16, open: 11 });
    for (const [at, after] of [2, 4, 5, 8, 10].entries()) {
      const center = plot.otherCenters[at % plot.otherCenters.length] ?? plot.center;
      plot.adjust({ after, reason: 'F', quantity: 1, center });
    }
    return { claims: [lost({ units: 11, day: plot.day, referenceIds: [reference] })] };
  },
};

/** Two losses with finds between and after: a find settles the oldest open loss first, whichever it follows. */
export const misplacedTwice: Cause = {
  name: 'misplaced_twice_found_between',
  span: 14,
  weight: 4,
  plant: (plot) => {
    const first = plot.units(4, 8);
    const between = plot.units(1, first - 2);
    const second = plot.units(2, 5);
    const later = plot.units(1, first - between);
    const open = first - between - later;
    const firstReference = plot.adjust({ after: 0, reason: 'M', quantity: -first, open });
    plot.adjust({ after: 4, reason: 'F', quantity: between });
    const secondReference = plot.adjust({ after: 8, reason: 'M', quantity: -second, open: second });
    plot.adjust({
      after: 14,
      reason: 'F',
      quantity: later,
      center: pick(plot.random, plot.otherCenters),
    });
    const claim = lost({ units: second, day: plot.day + 8, referenceIds: [secondReference] });
    if (open > 0) {
      return {
        claims: [lost({ units: open, day: plot.day, referenceIds: [firstReference] }), claim],
      };
    }
    const why = 'the later find settles what was left of the first loss, not the second one';
    return { claims: [claim], lookAlikes: [{ referenceIds: [firstReference], why }] };
  },
};

/** Paid in part, in money or in kind. In kind is one event told twice: the N row and the report's row are the same units. */
export const misplacedPartlyReimbursed: Cause = {
  name: 'misplaced_partly_reimbursed',
  span: 12,
  weight: 6,
  plant: (plot) => {
    const missing = plot.units(4, 10);
    const paid = plot.units(1, missing - 1);
    const after = plot.units(4, 12);
    const open = missing - paid;
    const reference = plot.adjust({ after: 0, reason: 'M', quantity: -missing, open });
    if (plot.random() < 0.35) {
      plot.adjust({ after, reason: 'N', quantity: paid });
      plot.pay({ after, reason: 'Lost_Warehouse', inventory: paid });
    } else {
      plot.pay({ after, reason: 'Lost_Warehouse', cash: paid });
    }
    return { claims: [lost({ units: open, day: plot.day, referenceIds: [reference] })] };
  },
};

/** Two losses and a damage on one product; what is paid for a loss settles the oldest loss and never the damage. */
export const severalOnOneProduct: Cause = {
  name: 'several_on_one_fnsku',
  span: 13,
  weight: 3,
  plant: (plot) => {
    const [first, second, damaged] = [plot.units(4, 7), plot.units(1, 4), plot.units(1, 3)];
    const paid = plot.units(1, first - 1);
    const open = first - paid;
    const firstReference = plot.adjust({ after: 0, reason: 'M', quantity: -first, open });
    const damage = damageByWarehouse(plot, { after: 3, units: damaged, open: damaged });
    plot.pay({ after: 7, reason: 'Lost_Warehouse', cash: paid });
    const secondReference = plot.adjust({
      after: 13,
      reason: 'M',
      quantity: -second,
      open: second,
    });
    return {
      claims: [
        lost({ units: open, day: plot.day, referenceIds: [firstReference] }),
        { subtype: 'damaged_warehouse', units: damaged, day: plot.day + 3, referenceIds: [damage] },
        lost({ units: second, day: plot.day + 13, referenceIds: [secondReference] }),
      ],
    };
  },
};
