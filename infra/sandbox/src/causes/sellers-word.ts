import { decimal } from '../world/amount.js';
import type { Product } from '../world/product.js';

/** What only the seller can tell: nothing that Amazon has shows it. Told as the seller would enter it. */
export type SellersWord = CostWord | LossWord;

/** What a unit costs, from a day on. */
export interface CostWord {
  readonly kind: 'cost';
  readonly sku: string;
  readonly effectiveFrom: string;
  readonly unitCost: { readonly amount: string; readonly currency: string };
}

/** Units that came as something else, or broken. */
export interface LossWord {
  readonly kind: 'loss';
  readonly subtype: 'return_wrong_item' | 'removal_damaged';
  readonly orderId?: string;
  readonly removalOrderId?: string;
  readonly sku: string;
  readonly quantity: number;
  readonly assertedOn: string;
}

/** The seller's word that a unit of a product costs so many cents. */
export function costWord(
  { sku, marketplace: { currency } }: Product,
  { cents, effectiveFrom }: { readonly cents: number; readonly effectiveFrom: string },
): CostWord {
  return { kind: 'cost', sku, effectiveFrom, unitCost: { amount: decimal(cents), currency } };
}
