import type { LedgerRow } from '../world/ledger-row.js';
import type { Product } from '../world/product.js';
import type { FeeMonth } from './fee-months.js';

/** Stock of a product on the days on which aged stock is counted, and when it was delivered. */
interface Stay {
  readonly product: Product;
  /** By month: what moved up to its count and after the one before. */
  readonly net: Int32Array;
  readonly deliveries: { readonly day: number; readonly units: number }[];
}

/** How long stock has lain. The oldest units leave first; a unit that comes back from a customer keeps its age. */
export class AgedStock {
  readonly #months: readonly FeeMonth[];
  readonly #stays = new Map<number, Stay>();

  constructor(months: readonly FeeMonth[]) {
    this.#months = months;
  }

  add({ product, day, quantity, eventType }: LedgerRow): void {
    const stay = this.#stayOf(product);
    const at = this.#months.findIndex(({ agedDay }) => agedDay >= day);
    if (at >= 0) stay.net[at] = (stay.net[at] ?? 0) + quantity;
    if (eventType === 'Receipts') stay.deliveries.push({ day, units: quantity });
  }

  /** Units that had lain for so many days or more when a month's aged stock was counted. */
  *olderThan(days: number, { name }: FeeMonth): Generator<{ product: Product; units: number }> {
    const at = this.#months.findIndex((month) => month.name === name);
    const until = this.#months[at]?.agedDay ?? 0;
    const since = until - days;
    if (at < 0 || since < 0) return;
    for (const { product, net, deliveries } of this.#stays.values()) {
      const onHand = net.subarray(0, at + 1).reduce((sum, units) => sum + units, 0);
      const young = deliveries.filter(({ day }) => day > since && day <= until);
      const units = onHand - young.reduce((sum, delivery) => sum + delivery.units, 0);
      if (units > 0) yield { product, units };
    }
  }

  #stayOf(product: Product): Stay {
    const known = this.#stays.get(product.index);
    if (known) return known;
    const stay = { product, net: new Int32Array(this.#months.length), deliveries: [] };
    this.#stays.set(product.index, stay);
    return stay;
  }
}
