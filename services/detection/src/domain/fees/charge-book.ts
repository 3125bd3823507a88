import type { OrderFacts, ProductFacts } from '../facts.js';

/** What the sales of one SKU were charged, and what Amazon states to be right. */
export interface SkuCharges {
  readonly sku: string;
}

/** Adds up by SKU what orders were charged, so that memory follows the catalogue and not the orders. */
export interface ChargeBook {
  /** What is known of a product's fees besides its sales. */
  learn(product: ProductFacts): void;
  add(order: OrderFacts): void;
  all(): Iterable<SkuCharges>;
}

export function openChargeBook(): ChargeBook {
  return { learn: () => undefined, add: () => undefined, all: () => [] };
}
