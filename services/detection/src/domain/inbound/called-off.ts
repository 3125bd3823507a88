import { groupBy } from '@recoup/kernel';
import { compareText, distinct, type ProductFacts } from '../facts.js';
import { shipmentCharges, type ShipmentCharge } from './shipment-charges.js';
import { isCalledOff, shipmentLines, type ShipmentLine } from './shipment-lines.js';

/** A shipment with all the money that moved for it. */
export interface ChargedShipment {
  readonly line: ShipmentLine;
  readonly charges: readonly ShipmentCharge[];
  /** Given up before anything was received of it, of whatever product. */
  readonly calledOff: boolean;
}

/**
 * Shipments for which money moved. A charge is for a shipment and not for a product: it is looked at with the shipment's
 * first product, in the order of FNSKUs, so that it is claimed once.
 */
export function chargedShipments(facts: ProductFacts): readonly ChargedShipment[] {
  const charges = groupBy(shipmentCharges(facts), ({ shipmentId }) => shipmentId);
  if (charges.size === 0) return [];
  const mates = groupBy(distinct(facts.shipmentMates), ({ data }) => data.shipmentId);
  const received = new Set(facts.mateReceipts.map(({ data }) => data.referenceId));
  return shipmentLines(facts).flatMap((line) => {
    const others = mates.get(line.shipmentId) ?? [];
    const own = charges.get(line.shipmentId) ?? [];
    const isFirst = others.every(({ data }) => compareText(line.fnsku, data.fnsku) < 0);
    if (own.length === 0 || !isFirst) return [];
    const cameIn =
      received.has(line.shipmentId) || others.some(({ data }) => data.quantityReceived !== 0);
    return [{ line, charges: own, calledOff: isCalledOff(line) && !cameIn }];
  });
}
