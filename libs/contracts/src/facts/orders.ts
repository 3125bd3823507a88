import { z } from 'zod';
import { instantSchema, moneySchema } from '../money.js';
import { int, maybeInt, maybeText, text } from './words.js';

/** An order without anything about its buyer. Its lines are facts of their own. */
export const orderFactSchema = z.object({
  orderId: text.min(1),
  marketplaceId: maybeText,
  createdAt: instantSchema,
  updatedAt: instantSchema,
  /** In the words of Orders 2026-01-01 (`SHIPPED`, `CANCELLED` …), whichever way the order came. */
  status: text,
  /** `AMAZON` or `MERCHANT`. */
  fulfilledBy: maybeText,
  salesChannel: maybeText,
  serviceLevel: maybeText,
  shipCountry: maybeText,
});
export type OrderFact = z.infer<typeof orderFactSchema>;

/**
 * A line of an order. Not every route tells the id of a line, so it is known by order, SKU, ASIN and its ordinal among the
 * lines of the order that are equal in these.
 */
export const orderItemFactSchema = z.object({
  orderId: text.min(1),
  sku: text,
  asin: text,
  ordinal: int.nonnegative(),
  orderItemId: maybeText,
  title: maybeText,
  /** Units ordered; null where a route tells only that the line is cancelled. */
  quantity: int.nonnegative().nullable(),
  quantityShipped: maybeInt,
  unitPrice: moneySchema.nullable(),
  /**
   * What the buyer paid for the line by kind: ITEM, SHIPPING, GIFT_WRAP, TAX (on these three) and DISCOUNT (negative, on all),
   * in this order, each at most once. One that is absent is zero; null where Amazon does not say, as of a pending order.
   */
  proceeds: z.array(z.object({ type: text, subtotal: moneySchema })).nullable(),
});
export type OrderItemFact = z.infer<typeof orderItemFactSchema>;
