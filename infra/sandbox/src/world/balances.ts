import { DAY_MS, DAYS, type Calendar } from './calendar.js';
import type { Disposition, LedgerRow } from './ledger-row.js';

/** Units by product index and disposition: those at the anchor, and the changes of every day since. */
export class Balances {
  readonly #calendar: Calendar;
  readonly #units = new Map<number, Map<Disposition, Int32Array>>();
  /** By product, the last movement of the days up to the anchor and of each since. */
  readonly #moved = new Map<number, Float64Array>();

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
  }

  add(row: LedgerRow): void {
    const { product, disposition, quantity, day } = row;
    const slot = slotOf(day);
    const units = this.#unitsOf(product.index, disposition);
    units[slot] = (units[slot] ?? 0) + quantity;
    const moved = this.#moved.get(product.index) ?? this.#slots(Float64Array);
    moved[slot] = Math.max(moved[slot] ?? 0, this.happenedMs(row));
    this.#moved.set(product.index, moved);
  }

  /** Units when a day ended. */
  of(product: number, disposition: Disposition, day: number): number {
    const units = this.#units.get(product)?.get(disposition);
    let sum = 0;
    for (let slot = 0; slot <= slotOf(day); slot += 1) sum += units?.[slot] ?? 0;
    return sum;
  }

  /** When anything was moved last, up to the end of a day; never before the anchor. */
  movedMs(product: number, day: number): number {
    const moved = this.#moved.get(product)?.slice(1, slotOf(day) + 1) ?? [];
    return Math.max(this.#calendar.anchorMs, ...moved);
  }

  happenedMs({ ms, day }: LedgerRow): number {
    return ms ?? this.#calendar.startMs + day * DAY_MS;
  }

  #unitsOf(product: number, disposition: Disposition): Int32Array {
    const pools = this.#units.get(product) ?? new Map<Disposition, Int32Array>();
    const units = pools.get(disposition) ?? this.#slots(Int32Array);
    pools.set(disposition, units);
    this.#units.set(product, pools);
    return units;
  }

  #slots<T>(kind: new (length: number) => T): T {
    return new kind(1 + this.#calendar.days - DAYS);
  }
}

/** All days before the anchor share the first slot. */
function slotOf(day: number): number {
  return Math.max(0, day - DAYS + 1);
}
