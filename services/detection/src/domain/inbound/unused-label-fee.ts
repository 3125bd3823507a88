import { toMinor } from '@recoup/kernel';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type ProductDetector } from '../detector.js';
import { judge } from '../judge.js';
import type { ProductKey } from '../product-key.js';
import { chargedShipments, type ChargedShipment } from './called-off.js';
import { chargeDraft } from './charge-claim.js';
import { isInboundFee, isTransport } from './shipment-charges.js';

/**
 * Labels and freight of a partnered carrier that were paid for a shipment which was then called off, and not given back.
 * Whatever Amazon gives back for a shipment without saying for what is held to be for its labels. The window counts from
 * the first charge: Amazon does not tell when a shipment was made, which was before it.
 */
export const unusedLabelFee: ProductDetector = {
  subtype: 'unused_label_fee',
  of: 'product',
  needs: ['inboundShipments', 'ledger', 'transactions'],
  detect: (key, context) =>
    together(
      chargedShipments(key.facts)
        .filter(({ calledOff }) => calledOff)
        .map((shipment) => claimOf(shipment, key, context)),
    ),
};

function claimOf(shipment: ChargedShipment, key: ProductKey, context: Context): Detected {
  const charges = shipment.charges.filter(
    ({ type, money }) => isTransport(type) || (!isInboundFee(type) && toMinor(money) > 0n),
  );
  const draft = chargeDraft({ shipment, charges, about: [], quantity: 1, known: true }, key);
  return draft ? judge(draft, unusedLabelFee, context) : NOTHING;
}
