import type { LookAlike, TrueClaim } from '../causes/plant.js';

/** What is really so in a seller's world. For tests only: nothing that Amazon has would tell it. */
export interface Truth {
  readonly sellerId: string;
  readonly anchorDay: string;
  readonly orders: number;
  readonly claims: readonly TrueClaim[];
  readonly lookAlikes: readonly LookAlike[];
  readonly counts: {
    readonly orders: number;
    readonly ledgerRows: number;
    readonly reimbursementRows: number;
    readonly transactions: number;
    readonly inventoryRows: number;
  };
}
