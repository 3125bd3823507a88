import { z } from 'zod';
import { daySchema, instantSchema, moneySchema } from '../money.js';
import { int, maybeInt, maybeText, text } from './words.js';

/**
 * What an amount is for, in one vocabulary for both generations of Amazon's Finances: `Principal`, `Tax`,
 * `ShippingCharge`, `Promotion`, `RestockingFee`, `Commission`, `FBAPerUnitFulfillmentFee`, `FBAStorageFee` … A word that
 * is not known survives as Amazon wrote it. Negative takes money from the seller.
 */
const amountSchema = moneySchema.extend({ type: text });
export type TransactionAmount = z.infer<typeof amountSchema>;

/** What one product has part in a transaction. */
const itemSchema = z.object({
  sku: text.min(1),
  /** As Amazon states it. A refund of nothing but fees names the units of the order: units came back with `Principal`. */
  quantity: maybeInt,
  amounts: z.array(amountSchema),
});
export type TransactionItem = z.infer<typeof itemSchema>;

/**
 * Money that moved on the seller's account: a shipment, a refund, a fee, an adjustment. Amounts come once, at the item they
 * are about or at the whole, and never as sums of others: all of them together are the total.
 *
 * The first group of columns is what both generations tell, and tell alike. Money that is held back comes twice from
 * `listTransactions`, as a held transaction and as its release: only what is not held has been paid.
 */
export const transactionFactSchema = z.object({
  /** `Shipment`, `Refund`, `Chargeback`, `GuaranteeClaim`, `Adjustment`, `ServiceFee` … */
  type: text.min(1),
  /** Deferred, now or once; its release is a transaction of its own. */
  held: z.boolean(),
  /** The day (UTC) on which it was posted. */
  postedDay: daySchema,
  /** What tells it from others of its type and day: its instant with its order or its total, and its products. */
  subject: text,
  /** Its number among those that are equal in all of these. */
  ordinal: int.nonnegative(),
  /** Null where the amounts have several currencies, or Amazon says none. */
  total: moneySchema.nullable(),
  /** By SKU. Only of types where both generations name products. */
  items: z.array(itemSchema),
  /** What is about no single product. */
  amounts: z.array(amountSchema),

  /** To the second. The older generation does not say it of service fees. */
  postedAt: instantSchema.nullable(),
  /** Of adjustments and fees only the newer generation names an order, if there is one. */
  orderId: maybeText,
  transactionId: maybeText,
  /** `RELEASED`, `DEFERRED`, `DEFERRED_RELEASED`. */
  status: maybeText,
  description: maybeText,
  marketplaceId: maybeText,
  /** Until when the money of a deferred transaction is held. */
  deferredUntil: instantSchema.nullable(),
  identifiers: z.array(z.object({ name: text, value: text })).nullable(),
  /** ASINs of the items, in their order. */
  asins: z.array(maybeText).nullable(),
  /** Why, in the words of the older generation: the type of an adjustment, the reason of a fee. */
  reason: maybeText,
  /** FNSKUs of the items, in their order: of adjustments, by the older generation only. */
  fnskus: z.array(maybeText).nullable(),
  /** Lines of the order, in the order of the items. */
  orderItemIds: z.array(maybeText).nullable(),
  /** The product that a fee without items is about. */
  sku: maybeText,
});
export type TransactionFact = z.infer<typeof transactionFactSchema>;

const OF_ORDERS: ReadonlySet<string> = new Set([
  'Shipment',
  'ShipmentSettle',
  'Refund',
  'Chargeback',
  'GuaranteeClaim',
  'Retrocharge',
  'RemovalShipment',
  'RemovalShipmentAdjustment',
]);

/** Whether transactions of a type are about an order that both generations name. */
export function isOfOrder(type: string): boolean {
  return OF_ORDERS.has(type);
}
