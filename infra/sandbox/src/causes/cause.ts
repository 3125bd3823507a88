import type { Plot } from './plot.js';

/** What a cause says about the rows it made: the truth comes from here, never from reading the rows. */
export interface Outcome {
  readonly claims?: readonly PlantedClaim[];
  readonly lookAlikes?: readonly {
    readonly referenceIds: readonly string[];
    readonly why: string;
    readonly cost?: PlantedCost;
  }[];
}

/** What the seller says that a unit costs, from a day on. */
export interface PlantedCost {
  readonly cents: number;
  readonly from: number;
}

const STOCK_SUBTYPES = [
  'lost_warehouse',
  'damaged_warehouse',
  'fc_transfer_loss',
  'product_redefinition_loss',
  'missing_reimbursement',
  'reimbursement_reversed',
  'reimbursement_undervalued',
] as const;
export type StockSubtype = (typeof STOCK_SUBTYPES)[number];

/** Whether a claim is for stock on Amazon's shelves or its payments: not for an order, a shipment or a removal. */
export function isOfStock(claim: { readonly subtype: string; readonly orderId?: string }): boolean {
  return claim.orderId === undefined && STOCK_SUBTYPES.some((one) => one === claim.subtype);
}

/** Whether Amazon's ledger itself states the units of such a claim as open. */
export function isStated(subtype: string): boolean {
  return STATED.has(subtype);
}

const STATED: ReadonlySet<string> = new Set<StockSubtype>([
  'lost_warehouse',
  'damaged_warehouse',
  'product_redefinition_loss',
]);

export interface PlantedClaim {
  readonly subtype: StockSubtype;
  readonly units: number;
  /** The day from which its window counts. */
  readonly day: number;
  readonly referenceIds: readonly string[];
  /** Days after it from which it can be claimed; from when the case is over unless said. */
  readonly opensAfter?: number;
  /** What is owed for one, where the cause itself knows; else what Amazon has paid before. */
  readonly unitCents?: number;
  /** Without which nothing shows that anything is owed. */
  readonly cost?: PlantedCost;
}

/** A cause that is about its age. */
export type AgedCause = Cause & Required<Pick<Cause, 'age'>>;

/** Something that happened to stock. */
export interface Cause {
  readonly name: string;
  /** Days from its first row to its last one. */
  readonly span: number;
  /** How often it is planted beside the others. */
  readonly weight: number;
  /** Whether Amazon pays money in it: that would make the value of a later loss known. */
  readonly pays?: boolean;
  /** A fixed place in time, for causes that are about their age. Days before the anchor. */
  readonly age?: { readonly from: number; readonly to: number };
  readonly plant: (plot: Plot) => Outcome;
}
