import { z } from 'zod';
import { daySchema, instantSchema, moneySchema } from './money.js';

const text = z.string();
const maybeText = z.string().nullable();
const maybeInt = z.int().nullable();
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

/** One movement of stock (GET_LEDGER_DETAIL_VIEW_DATA). It has no row id, and true twins occur. */
export const ledgerFactSchema = z.object({
  day: daySchema,
  fnsku: text.min(1),
  asin: text,
  sku: text,
  title: text,
  eventType: text.min(1),
  referenceId: text,
  /** Signed: negative takes stock away. */
  quantity: z.int(),
  fulfillmentCenter: text,
  disposition: text,
  /** The reason code (`M`, `F`, `E`, …); empty where the event type has none. */
  reason: text,
  country: text,
  reconciledQuantity: maybeInt,
  /** Amazon's own statement of open units; null where the report did not give it. */
  unreconciledQuantity: maybeInt,
  occurredAt: maybeText,
});
export type LedgerFact = z.infer<typeof ledgerFactSchema>;

/** One row of GET_FBA_REIMBURSEMENTS_DATA. */
export const reimbursementFactSchema = z.object({
  approvedAt: instantSchema,
  reimbursementId: text.min(1),
  caseId: maybeText,
  orderId: maybeText,
  reason: text,
  sku: text,
  fnsku: text,
  asin: text,
  productName: text,
  condition: maybeText,
  currency: text.length(3),
  amountPerUnit: decimal,
  amountTotal: decimal,
  quantityCash: z.int(),
  quantityInventory: z.int(),
  quantityTotal: z.int(),
  originalReimbursementId: maybeText,
  originalReimbursementType: maybeText,
});
export type ReimbursementFact = z.infer<typeof reimbursementFactSchema>;

export const orderItemSchema = z.object({
  orderItemId: text.nullable(),
  sku: text,
  asin: text,
  title: maybeText,
  quantity: z.int().nonnegative(),
  unitPrice: moneySchema.nullable(),
  /** What the buyer paid for the line by kind (ITEM, SHIPPING, TAX, DISCOUNT …), where Amazon gives it. */
  proceeds: z.array(z.object({ type: text, subtotal: moneySchema })),
});

/** An order without anything about its buyer. */
export const orderFactSchema = z.object({
  orderId: text.min(1),
  marketplaceId: text,
  createdAt: instantSchema,
  updatedAt: instantSchema,
  status: text,
  fulfilledBy: maybeText,
  salesChannel: maybeText,
  serviceLevel: maybeText,
  shipCountry: maybeText,
  items: z.array(orderItemSchema),
});
export type OrderFact = z.infer<typeof orderFactSchema>;

export const inventoryFactSchema = z.object({
  marketplaceId: text,
  sku: text,
  fnsku: text,
  asin: text,
  condition: maybeText,
  productName: text,
  totalQuantity: z.int(),
  fulfillable: maybeInt,
  inboundWorking: maybeInt,
  inboundShipped: maybeInt,
  inboundReceiving: maybeInt,
  reserved: maybeInt,
  researching: maybeInt,
  unfulfillable: maybeInt,
  updatedAt: maybeText,
});
export type InventoryFact = z.infer<typeof inventoryFactSchema>;

const breakdownSchema = z.object({
  type: text,
  amount: moneySchema,
  get children() {
    return z.array(breakdownSchema);
  },
});

export const transactionFactSchema = z.object({
  transactionId: text.min(1),
  type: text,
  status: text,
  description: text,
  postedAt: instantSchema,
  total: moneySchema,
  marketplaceId: maybeText,
  orderId: maybeText,
  identifiers: z.array(z.object({ name: text, value: text })),
  items: z.array(
    z.object({
      sku: maybeText,
      asin: maybeText,
      quantity: maybeInt,
      total: moneySchema.nullable(),
    }),
  ),
  breakdowns: z.array(breakdownSchema),
});
export type TransactionFact = z.infer<typeof transactionFactSchema>;
