import { z } from 'zod';
import { maybeInt, maybeText, text } from './words.js';

/**
 * A shipment to Amazon (Fulfillment Inbound v0, the only one that tells received quantities). Amazon gives no times: when
 * units were received is in the ledger.
 */
export const inboundShipmentFactSchema = z.object({
  shipmentId: text.min(1),
  name: text,
  destination: maybeText,
  /** `WORKING`, `SHIPPED`, `RECEIVING`, `CLOSED`, `CANCELLED` … */
  status: text,
  labelPreparation: maybeText,
  boxContentsSource: maybeText,
  /** The state or country that it leaves from; nothing more of the address. */
  shipFromCountry: maybeText,
});
export type InboundShipmentFact = z.infer<typeof inboundShipmentFactSchema>;

/** What of one product was shipped in a shipment and what of it was received. */
export const inboundItemFactSchema = z.object({
  shipmentId: text.min(1),
  sku: text,
  fnsku: text,
  quantityShipped: maybeInt,
  /** Null where Amazon does not say, which is not "nothing". */
  quantityReceived: maybeInt,
  quantityInCase: maybeInt,
});
export type InboundItemFact = z.infer<typeof inboundItemFactSchema>;
