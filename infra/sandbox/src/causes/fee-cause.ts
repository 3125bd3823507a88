import type { Random } from '../random.js';
import type { FeeHistory } from '../fees/charges.js';
import type { Product } from '../world/product.js';

/** What a cause has to write a product's fees with. */
export interface FeePlot {
  readonly product: Product;
  readonly random: Random;
  /** A day (`YYYY-MM-DD`) so many days before the anchor. */
  readonly daysBefore: (days: number) => string;
}

/** Something that is wrong, or looks wrong, in what a product is charged. */
export interface FeeCause {
  readonly name: string;
  /** How often it is planted beside the others. */
  readonly weight: number;
  /** What Amazon owes because of it; null for what only looks like an error. */
  readonly owes: 'fulfilment_fee' | 'storage_fee' | 'referral_fee' | null;
  /** For a look-alike: why nothing is owed. */
  readonly why?: string;
  readonly plant: (plot: FeePlot) => FeeHistory;
}
