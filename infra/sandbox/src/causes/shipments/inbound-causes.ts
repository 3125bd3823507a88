import { closingDay } from '../../world/inbound.js';
import type { ShipmentCause, ShipmentClaim } from './shipment-cause.js';
import type { ShipmentPlot } from './shipment-plot.js';

/** The shortest nine months. */
const NINE_MONTHS = 273;

/** Open once Amazon has closed the shipment: what is missing then is its own word. */
function shortage(plot: ShipmentPlot, units: number): ShipmentClaim {
  const { day, shipmentId } = plot;
  return {
    ...{ subtype: 'inbound_shortage', units, day, shipmentId, referenceId: shipmentId },
    opensMs: plot.dayBegins(closingDay(shipmentId, day)),
    closes: day + NINE_MONTHS,
  };
}

const alike = (plot: ShipmentPlot, why: string) => ({
  lookAlike: { referenceId: plot.shipmentId, why },
});

/** Units that never turn up, of a shipment that is closed. */
export const shortReceipt: ShipmentCause = {
  name: 'short_receipt',
  plant: (plot) => {
    const [came, missing] = [plot.units(6, 20), plot.units(1, 6)];
    plot.send(came + missing);
    plot.receive(came);
    return { claim: shortage(plot, missing) };
  },
};

export const shortReceiptPartlyPaid: ShipmentCause = {
  name: 'short_receipt_partly_paid',
  plant: (plot) => {
    const [came, missing] = [plot.units(6, 20), plot.units(3, 7)];
    const paid = plot.units(1, missing - 1);
    plot.send(came + missing);
    plot.receive(came);
    plot.pay('Lost_Inbound', paid, 1);
    return { claim: shortage(plot, missing - paid) };
  },
};

export const shortReceiptPaid: ShipmentCause = {
  name: 'short_receipt_fully_paid',
  plant: (plot) => {
    const [came, missing] = [plot.units(6, 20), plot.units(1, 6)];
    plot.send(came + missing);
    plot.receive(came);
    plot.pay('Lost_Inbound', missing, 1);
    return alike(plot, 'Amazon paid every unit that did not arrive');
  },
};

/** The last box is counted days after the others. */
export const receivedLate: ShipmentCause = {
  name: 'short_receipt_then_late_one',
  plant: (plot) => {
    const [came, late] = [plot.units(6, 20), plot.units(1, 6)];
    plot.send(came + late, { settledOn: plot.day + 8 });
    plot.receive(came);
    plot.receive(late, { after: 8 });
    return alike(plot, 'the last units were counted days later');
  },
};

/** Units of one product are booked in as those of another in the same shipment. */
export const receivedAsSibling: ShipmentCause = {
  name: 'short_receipt_over_received_sibling',
  plant: (plot) => {
    const { partner: product } = plot;
    const [came, mistaken] = [plot.units(6, 20), plot.units(1, 5)];
    plot.send(came + mistaken);
    plot.send(came, { product });
    plot.receive(came);
    plot.receive(came + mistaken, { product });
    return alike(plot, 'its units were booked in as another product of the shipment');
  },
};

/** Broken on the way by a carrier that was paid through Amazon. */
export const carrierDamage: ShipmentCause = {
  name: 'carrier_damaged_inbound',
  plant: (plot) => {
    const { day, shipmentId } = plot;
    const [came, broken] = [plot.units(6, 20), plot.units(1, 5)];
    plot.charge('FBAInboundTransportationFee', -plot.units(900, 6_000), -4);
    plot.send(came + broken);
    plot.receive(came);
    plot.receive(broken, { disposition: 'CARRIER_DAMAGED' });
    const closes = day + NINE_MONTHS;
    return {
      claim: {
        ...{ subtype: 'inbound_damaged', units: broken, day, closes },
        opensMs: plot.pacificDayBegins(day),
        ...{ shipmentId, referenceId: shipmentId },
      },
    };
  },
};

export const packedBadly: ShipmentCause = {
  name: 'distributor_damaged_inbound',
  plant: (plot) => {
    const [came, broken] = [plot.units(6, 20), plot.units(1, 5)];
    plot.send(came + broken);
    plot.receive(came);
    plot.receive(broken, { disposition: 'DISTRIBUTOR_DAMAGED' });
    return alike(plot, 'damaged before the carrier had it');
  },
};

/** Charges count from their own day, and a month is left to Amazon to give them back. */
const WAIT = 30;

const calledOff = (
  name: string,
  fee: Pick<ShipmentClaim, 'subtype'> & {
    readonly type: Parameters<ShipmentPlot['charge']>[0];
    readonly days: number;
  },
): ShipmentCause => ({
  name,
  plant: (plot) => {
    const { day, shipmentId } = plot;
    const cents = plot.units(800, 7_000);
    plot.charge(fee.type, -cents);
    plot.cancel(plot.units(6, 30), 1);
    return {
      claim: {
        ...{ subtype: fee.subtype, units: 1, day, closes: day + fee.days },
        opensMs: plot.pacificDayBegins(day + WAIT),
        ...{ cents, shipmentId, referenceId: shipmentId },
      },
    };
  },
});

export const labelKept = calledOff('label_of_cancelled_shipment', {
  subtype: 'unused_label_fee',
  type: 'FBAInboundTransportationFee',
  days: NINE_MONTHS,
});

export const placementKept = calledOff('placement_of_cancelled_shipment', {
  subtype: 'inbound_defect_fee',
  type: 'FBAInboundConvenienceFee',
  days: 90,
});

export const labelRefunded: ShipmentCause = {
  name: 'label_of_cancelled_shipment_refunded',
  plant: (plot) => {
    const cents = plot.units(800, 7_000);
    plot.charge('FBAInboundTransportationFee', -cents);
    plot.cancel(plot.units(6, 30), 1);
    plot.charge('FBAInboundTransportationFee', cents, 5);
    return alike(plot, 'Amazon gave back what the labels cost');
  },
};
