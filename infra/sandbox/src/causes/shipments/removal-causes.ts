import type { ShipmentCause } from './shipment-cause.js';

/** Units that leave stock for a removal order and are in none of its parcels. They leave in the evening, Pacific time. */
export const removalShort: ShipmentCause = {
  name: 'removal_short',
  plant: (plot) => {
    const { removalId } = plot;
    const day = plot.day - 1;
    const [units, lost] = [plot.units(4, 12), plot.units(1, 3)];
    plot.remove(units, lost);
    return {
      claim: {
        ...{ subtype: 'removal_lost', units: lost, day, closes: day + 75 },
        opensMs: plot.pacificDayBegins(day + 15),
        ...{ removalOrderId: removalId, referenceId: removalId },
      },
    };
  },
};

export const removalShortPaid: ShipmentCause = {
  name: 'removal_short_fully_paid',
  plant: (plot) => {
    const [units, lost] = [plot.units(4, 12), plot.units(1, 3)];
    plot.remove(units, lost);
    plot.pay('Removal_Order_Lost', lost, 9);
    return {
      lookAlike: { referenceId: plot.removalId, why: 'Amazon paid what it did not send back' },
    };
  },
};

export const removalWhole: ShipmentCause = {
  name: 'removal_of_sellable_stock',
  plant: (plot) => {
    plot.remove(plot.units(4, 12), 0);
    return { lookAlike: { referenceId: plot.removalId, why: 'all of it was sent back' } };
  },
};

export const disposedUnasked: ShipmentCause = {
  name: 'sellable_disposed_without_order',
  plant: (plot) => {
    const { day } = plot;
    const units = plot.units(1, 5);
    const referenceId = plot.dispose(units, { ordered: false });
    const window = { opensMs: plot.pacificDayBegins(day + 30), closes: day + 60 };
    return { claim: { subtype: 'disposed_unauthorised', units, day, referenceId, ...window } };
  },
};

export const disposedAsOrdered: ShipmentCause = {
  name: 'sellable_disposed_by_order',
  plant: (plot) => {
    const referenceId = plot.dispose(plot.units(1, 5), { ordered: true });
    return { lookAlike: { referenceId, why: 'destroyed as the seller asked' } };
  },
};

/** Days from the parcel's departure to its being opened. */
const OPENED_AFTER = 8;

/** Broken on the way back, as the seller sees when the parcel is opened. */
export const removalBroken: ShipmentCause = {
  name: 'removal_arrived_damaged',
  plant: (plot) => {
    const { removalId } = plot;
    const day = plot.day - 1;
    const [units, broken] = [plot.units(4, 12), plot.units(1, 3)];
    plot.remove(units, 0);
    return {
      claim: {
        ...{ subtype: 'removal_damaged', units: broken, day, closes: day + 60 },
        opensMs: plot.pacificDayBegins(day + OPENED_AFTER),
        ...{ removalOrderId: removalId, referenceId: removalId },
      },
      told: { units: broken, day: day + OPENED_AFTER },
    };
  },
};

export const removalBrokenPaid: ShipmentCause = {
  name: 'removal_arrived_damaged_and_paid',
  plant: (plot) => {
    const [units, broken] = [plot.units(4, 12), plot.units(1, 3)];
    plot.remove(units, 0);
    plot.pay('Removal_Order_Damaged', broken, 15);
    return {
      lookAlike: { referenceId: plot.removalId, why: 'Amazon paid for what came damaged' },
      told: { units: broken, day: plot.day + OPENED_AFTER },
    };
  },
};
