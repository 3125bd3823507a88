import { z } from 'zod';
import { instantSchema, moneySchema } from '../money.js';
import { currency, decimal, int, maybeInt, maybeText, text } from './words.js';

/** One row of GET_FBA_REIMBURSEMENTS_DATA: a payment in cash or in stock, or its reversal. */
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
  currency,
  amountPerUnit: decimal,
  amountTotal: decimal,
  quantityCash: int,
  quantityInventory: int,
  quantityTotal: int,
  originalReimbursementId: maybeText,
  originalReimbursementType: maybeText,
});
export type ReimbursementFact = z.infer<typeof reimbursementFactSchema>;

const breakdownSchema = z.object({
  type: text,
  amount: moneySchema,
  get children() {
    return z.array(breakdownSchema);
  },
});

/** Money that moved on the seller's account: a shipment, a refund, a fee, an adjustment. */
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
