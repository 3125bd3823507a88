import type { LedgerRow } from '../world/ledger-row.js';
import type { Product } from '../world/product.js';
import type { FeeMonth } from './fee-months.js';

/** What lay in one place of one product, month by month. */
export interface Lot {
  readonly product: Product;
  readonly center: string;
  /** By month: units times days, of what moved in it. */
  readonly unitDays: Float64Array;
  /** By month: what its movements added up to. */
  readonly net: Int32Array;
}

/** Stock of any disposition by product, place and month: filled by movements in any order, read when all are in. */
export class UnitDays {
  readonly #months: readonly FeeMonth[];
  readonly #lots = new Map<string, Lot>();

  constructor(months: readonly FeeMonth[]) {
    this.#months = months;
  }

  add({ product, center, day, quantity }: LedgerRow): void {
    const at = this.#months.findLastIndex(({ firstDay }) => firstDay <= day);
    const month = this.#months[at];
    if (!month) return;
    const lot = this.#lotOf(product, center);
    // What arrives on a day lies there on that day already.
    lot.unitDays[at] = (lot.unitDays[at] ?? 0) + quantity * (month.firstDay + month.days - day);
    lot.net[at] = (lot.net[at] ?? 0) + quantity;
  }

  /** Hundredths of a unit that lay in each place on the average of a month's days; places without stock are left out. */
  *averagesIn(name: string): Generator<{ product: Product; center: string; averageUnits: number }> {
    const at = this.#months.findIndex((month) => month.name === name);
    const days = this.#months[at]?.days ?? 1;
    for (const { product, center, unitDays, net } of this.#sorted()) {
      const before = net.subarray(0, at).reduce((sum, units) => sum + units, 0);
      const averageUnits = Math.round(((before * days + (unitDays[at] ?? 0)) * 100) / days);
      if (averageUnits > 0) yield { product, center, averageUnits };
    }
  }

  #lotOf(product: Product, center: string): Lot {
    const key = `${product.index}:${center}`;
    const known = this.#lots.get(key);
    if (known) return known;
    const { length } = this.#months;
    const lot = {
      product,
      center,
      unitDays: new Float64Array(length),
      net: new Int32Array(length),
    };
    this.#lots.set(key, lot);
    return lot;
  }

  #sorted(): Lot[] {
    return [...this.#lots.values()].sort(
      (a, b) => a.product.index - b.product.index || (a.center < b.center ? -1 : 1),
    );
  }
}
