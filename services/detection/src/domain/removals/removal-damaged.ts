import { assertedOf } from '../assertions.js';
import { removalDetector } from './removal-claim.js';

/**
 * Units that a person says came damaged with a removal order: at most those that its parcels held and that were sellable
 * when they left. Unsellable stock came as it was. The window counts from the first parcel's day, which is before the
 * delivery that Amazon counts from: no report tells when a parcel arrived. An order that several products came with is
 * spoken of by SKU.
 */
export const removalDamaged = removalDetector({
  subtype: 'removal_damaged',
  needs: ['removalOrders', 'removalShipments', 'reimbursements'],
  damage: true,
  lossOf(line, { assertions }) {
    const { orderId, sku, sellable, firstShippedAt, inParcels } = line;
    const about = { subtype: 'removal_damaged', removalOrderId: orderId } as const;
    const said = assertedOf(assertions, about).filter((one) => one.sku === sku);
    const asserted = said.reduce((sum, { quantity }) => sum + quantity, 0);
    const units = Math.min(inParcels, asserted);
    const day = said.map(({ assertedOn }) => assertedOn).sort()[0];
    if (!sellable || firstShippedAt === null || day === undefined || units <= 0) return null;
    return {
      units,
      since: firstShippedAt,
      statedByAmazon: true,
      features: () => ({ exact_match: 1 }),
      lines: () => [{ kind: 'asserted', day, quantity: units, reference: orderId, facility: null }],
    };
  },
});
