import { groupBy, toMinor } from '@recoup/kernel';
import type { Context } from '../context.js';
import { together, type Detected, type ProductDetector } from '../detector.js';
import { judge } from '../judge.js';
import type { ProductKey } from '../product-key.js';
import { chargedShipments, type ChargedShipment } from './called-off.js';
import { chargeDraft, netCharged, type ChargeClaim } from './charge-claim.js';
import { isInboundFee, isTransport, type ShipmentCharge } from './shipment-charges.js';

/**
 * Fees for placing shipments and for defects of them, as far as money and shipments alone tell that they were wrong: for a
 * shipment that was called off; and, shown without a value since two problems may cost the same, charged twice alike for
 * one shipment. Whether a problem that Amazon names was there is in its report of non-compliance, which is not read.
 * Labels and freight are those of `unused_label_fee`.
 */
export const inboundDefectFee: ProductDetector = {
  subtype: 'inbound_defect_fee',
  of: 'product',
  needs: ['inboundShipments', 'ledger', 'transactions'],
  detect: (key, context) =>
    together(chargedShipments(key.facts).flatMap((shipment) => claimsOf(shipment, key, context))),
};

function claimsOf(shipment: ChargedShipment, key: ProductKey, context: Context): Detected[] {
  const fees = shipment.charges.filter(({ type }) => isInboundFee(type) && !isTransport(type));
  return [...groupBy(fees, ({ type }) => type)].flatMap(([type, charges]) => {
    const claim = shipment.calledOff
      ? { charges, about: [type], quantity: 1, known: true }
      : repeated(type, charges);
    const draft = claim && chargeDraft({ shipment, ...claim }, key);
    return draft ? [judge(draft, inboundDefectFee, context)] : [];
  });
}

/** Equal charges of one type beyond the first, less what was given back. */
function repeated(
  type: string,
  charges: readonly ShipmentCharge[],
): Omit<ChargeClaim, 'shipment'> | null {
  const taken = charges.filter(({ money }) => toMinor(money) < 0n);
  const [first] = taken;
  if (!first || taken.length < 2) return null;
  const once = toMinor(first.money);
  const isEqual = taken.every(({ money }) => toMinor(money) === once);
  const tooMuch = netCharged(charges) + once;
  if (!isEqual || tooMuch <= 0n) return null;
  return { charges, about: [type, 'repeated'], quantity: taken.length - 1, known: false };
}
