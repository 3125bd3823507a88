import { z } from 'zod';
import { instantSchema } from '../money.js';
import { int, maybeCurrency, maybeDecimal, maybeInt, maybeText, text } from './words.js';

/** A line of a removal, disposal or return-to-seller order (GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA). */
export const removalOrderFactSchema = z.object({
  requestedAt: instantSchema,
  orderId: text.min(1),
  /** `Return`, `Disposal`, `Liquidations` … */
  orderType: text,
  serviceSpeed: maybeText,
  status: text,
  updatedAt: instantSchema.nullable(),
  sku: text,
  fnsku: text,
  disposition: text,
  requestedQuantity: int,
  cancelledQuantity: maybeInt,
  disposedQuantity: maybeInt,
  shippedQuantity: maybeInt,
  inProcessQuantity: maybeInt,
  fee: maybeDecimal,
  currency: maybeCurrency,
});
export type RemovalOrderFact = z.infer<typeof removalOrderFactSchema>;

/** Units of a removal order that left in a parcel (GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA). */
export const removalShipmentFactSchema = z.object({
  requestedAt: instantSchema,
  orderId: text.min(1),
  shippedAt: instantSchema,
  sku: text,
  fnsku: text,
  disposition: text,
  quantity: int,
  carrier: maybeText,
  trackingNumber: maybeText,
  orderType: maybeText,
});
export type RemovalShipmentFact = z.infer<typeof removalShipmentFactSchema>;
