import { addDays } from '@recoup/kernel';
import type { FeeHistory } from '../fees/charges.js';
import { randomFrom, seedOf, shuffled } from '../random.js';
import type { Product } from '../world/product.js';
import type { WorldSize } from '../world/size.js';
import { allot } from './allot.js';
import type { FeeCause } from './fee-cause.js';
import { FEE_ERRORS, FEE_LOOK_ALIKES } from './registry.js';

/** A product that something is, or seems, wrong with in what it is charged. */
export interface FeeCase {
  readonly cause: FeeCause;
  readonly product: Product;
}

export interface PlantedFees {
  /** The catalogue, with what is written into the fees of some. */
  readonly products: Product[];
  readonly cases: readonly FeeCase[];
}

/**
 * Lays causes on the fees of products, one on each at most. They are products that sell, of the seller's first
 * marketplace: what nobody buys is charged nothing.
 */
export function plantFees(
  products: readonly Product[],
  { seed, size, anchorDay }: { seed: number; size: WorldSize; anchorDay: string },
): PlantedFees {
  const random = randomFrom(seedOf(seed, 'fee causes'));
  const home = products[0]?.marketplace.id;
  const selling = products.filter(({ marketplace }) => marketplace.id === home);
  const free = shuffled(random, selling.slice(0, Math.ceil(selling.length / 3)));
  const causes = [
    ...allot(FEE_ERRORS, Math.round(size.feeCases * 0.6)),
    ...allot(FEE_LOOK_ALIKES, Math.round(size.feeCases * 0.4)),
  ];
  const histories = new Map<number, FeeHistory>();
  const chosen = causes.flatMap((cause) => {
    const product = free.pop();
    if (!product) throw new RangeError(`no product is left for ${cause.name}`);
    const daysBefore = (days: number) => addDays(anchorDay, -days);
    histories.set(product.index, cause.plant({ product, random, daysBefore }));
    return [{ cause, index: product.index }];
  });
  const written = products.map((product) => {
    const feeHistory = histories.get(product.index);
    return feeHistory ? { ...product, feeHistory } : product;
  });
  const cases = chosen.flatMap(({ cause, index }) => {
    const product = written[index];
    return product ? [{ cause, product }] : [];
  });
  return { products: written, cases };
}
