import type { Product } from './product.js';

export type ReimbursementReason =
  | 'Lost_Warehouse'
  | 'Damaged_Warehouse'
  | 'Lost_Inbound'
  | 'Removal_Order_Lost'
  | 'Removal_Order_Damaged'
  | 'Lost_Outbound'
  | 'CustomerReturn'
  /** What is paid for fees, and on top of an earlier payment. */
  | 'GeneralAdjustment'
  | 'Reimbursement_Reversal';

/** One row of the reimbursement report. A reversal has negative quantities and names what it reverses. */
export interface Reimbursement {
  readonly ms: number;
  readonly id: string;
  readonly caseId: string | null;
  readonly orderId: string | null;
  readonly reason: ReimbursementReason;
  readonly product: Product;
  readonly perUnitCents: number;
  readonly cash: number;
  readonly inventory: number;
  readonly originalId: string | null;
  readonly originalType: ReimbursementReason | null;
  /** Days until its money is credited; null where it never is. At once unless said. */
  readonly creditedAfter?: number | null;
}

/** What reached the seller's account: units given back in kind carry no money. */
export function totalCents(row: Reimbursement): number {
  return row.perUnitCents * row.cash;
}
