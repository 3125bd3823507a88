import { pick } from '../random.js';
import type { AgedCause } from './cause.js';

/** Days for which Amazon looks for units on the road before it calls them lost. */
const ON_THE_ROAD = 60;

/** Sent to another centre and never seen again. */
export const neverArrived: AgedCause = {
  name: 'transfer_never_arrived',
  span: 0,
  weight: 1,
  age: { from: 64, to: 115 },
  plant: (plot) => {
    const units = plot.units(1, 6);
    const reference = plot.send({ after: 0, units });
    return {
      claims: [
        {
          ...{ subtype: 'fc_transfer_loss', units, day: plot.day + ON_THE_ROAD, opensAfter: 1 },
          referenceIds: [reference],
        },
      ],
    };
  },
};

/** Sent to another centre, where nobody expected the units: they were booked as found. */
export const arrivedAsFound: AgedCause = {
  name: 'transfer_arrived_as_found',
  span: 40,
  weight: 1,
  age: { from: 64, to: 115 },
  plant: (plot) => {
    const units = plot.units(2, 6);
    const reference = plot.send({ after: 0, units });
    const center = pick(plot.random, plot.otherCenters);
    plot.adjust({ after: plot.units(10, 40), reason: 'F', quantity: units, center });
    return {
      lookAlikes: [{ referenceIds: [reference], why: 'all units of the move were found later' }],
    };
  },
};

/** Taken out as another product, and put in as none. */
export const becameNothing: AgedCause = {
  name: 'redefined_into_nothing',
  span: 0,
  weight: 1,
  age: { from: 3, to: 55 },
  plant: (plot) => {
    const units = plot.units(2, 7);
    const reference = plot.adjust({ after: 0, reason: '4', quantity: -units, open: units });
    return {
      claims: [
        { subtype: 'product_redefinition_loss', units, day: plot.day, referenceIds: [reference] },
      ],
    };
  },
};
