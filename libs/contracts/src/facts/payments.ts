import { z } from 'zod';
import { instantSchema } from '../money.js';
import { currency, decimal, int, maybeText, text } from './words.js';

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
