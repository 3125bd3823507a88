import type { Disposition, LedgerRow } from './ledger-row.js';

/** Units at the anchor by product index and disposition: the sum of the ledger. */
export class Balances {
  readonly #units = new Map<number, Map<Disposition, number>>();
  readonly #inResearch = new Map<number, number>();

  add({ product, disposition, quantity, reconciled, unreconciled, reason }: LedgerRow): void {
    const units = this.#units.get(product.index) ?? new Map<Disposition, number>();
    units.set(disposition, (units.get(disposition) ?? 0) + quantity);
    this.#units.set(product.index, units);
    if (reason === 'M' && reconciled === 0 && unreconciled === 0) {
      this.#inResearch.set(product.index, this.inResearch(product.index) - quantity);
    }
  }

  of(product: number, disposition: Disposition): number {
    return this.#units.get(product)?.get(disposition) ?? 0;
  }

  /** Units that Amazon is looking for: off the shelf, and neither found nor given up. */
  inResearch(product: number): number {
    return this.#inResearch.get(product) ?? 0;
  }
}
