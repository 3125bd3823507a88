import { z } from 'zod';
import { instantSchema } from '../money.js';
import { int, maybeText, text } from './words.js';

/**
 * Units that came back from a customer (GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA). What the customer wrote is not kept.
 */
export const customerReturnFactSchema = z.object({
  returnedAt: instantSchema,
  orderId: text.min(1),
  sku: text,
  asin: text,
  fnsku: text,
  productName: text,
  quantity: int,
  fulfillmentCenter: text,
  /** `SELLABLE`, `CUSTOMER_DAMAGED`, `DAMAGED`, `CARRIER_DAMAGED`, `DEFECTIVE` … */
  disposition: text,
  reason: text,
  status: maybeText,
  licensePlateNumber: maybeText,
});
export type CustomerReturnFact = z.infer<typeof customerReturnFactSchema>;

/** Units sent once more in place of others (GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA). */
export const replacementFactSchema = z.object({
  shippedAt: instantSchema,
  sku: text,
  asin: text,
  fulfillmentCenter: text,
  originalFulfillmentCenter: maybeText,
  quantity: int,
  reasonCode: text,
  replacementOrderId: text,
  originalOrderId: text,
});
export type ReplacementFact = z.infer<typeof replacementFactSchema>;
