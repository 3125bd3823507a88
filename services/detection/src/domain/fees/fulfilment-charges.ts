import { feePeriodOf, samePriceBand, type FeePeriod } from '../policies/fee-periods.js';
import { ChargesByDay, FirstDay, type DayCharges } from './charge.js';
import type { FeeStatement } from './fee-statement.js';
import { hadTodaysSize } from './measured-size.js';
import type { UnitFee } from './unit-fees.js';

/** A fee is right by example where it was taken at least so often. */
const EXAMPLES = 3;
/** The right fee of another period is not further from today's than this share: cards do not change by more. */
const MOST_CHANGE = 4n;

/** What a product was charged in a month of a period, at each fee how often. */
interface MonthOfPeriod {
  readonly period: FeePeriod;
  readonly month: string;
  readonly times: Map<bigint, number>;
}

/**
 * What one SKU was charged for shipping. Fees above what Amazon states today are kept by day; of the others there is only
 * how often each was taken in which month: a few numbers, however many orders there are.
 */
export class FulfilmentCharges {
  readonly #months = new Map<string, MonthOfPeriod>();
  readonly #dear = new ChargesByDay();
  /** When a charge was first not above what Amazon states today. */
  readonly low = new FirstDay();
  readonly #statement: FeeStatement;

  constructor(statement: FeeStatement) {
    this.#statement = statement;
  }

  add({ sale, units, perUnit, price }: UnitFee): void {
    const { marketplace, fulfilment } = this.#statement;
    const { postedDay, day, dated, orderId, key } = sale;
    const period = feePeriodOf(marketplace.network, postedDay);
    if (!period || !samePriceBand(period, price, this.#statement.price)) return;
    this.#note(period, postedDay.slice(0, 7), perUnit);
    if (fulfilment === null) return;
    if (perUnit <= fulfilment) {
      this.low.add(day);
      return;
    }
    const charged = perUnit * BigInt(units);
    const about = { day, postedDay, dated, orderId, key };
    this.#dear.add({ ...about, rate: perUnit, charges: 1, units, charged, expected: null });
  }

  /** Charges above what Amazon states today, oldest first. */
  get dear(): readonly DayCharges[] {
    return this.#dear.all();
  }

  /** The periods in which something was charged, whatever the month. */
  get periods(): readonly FeePeriod[] {
    return [...new Set([...this.#months.values()].map(({ period }) => period))];
  }

  /**
   * What is right in a period by the product's own example: the least that it was charged often enough while it surely
   * had today's size. Null where that is nothing, or so far from today's fee that it must be of another product class.
   */
  ownExample(period: FeePeriod): bigint | null {
    const { fulfilment, sizes } = this.#statement;
    const times = new Map<bigint, number>();
    for (const one of this.#months.values()) {
      if (one.period !== period || !hadTodaysSize(one.month, sizes)) continue;
      for (const [fee, n] of one.times) times.set(fee, (times.get(fee) ?? 0) + n);
    }
    const often = [...times].filter(([, n]) => n >= EXAMPLES).map(([fee]) => fee);
    const least = often.length === 0 ? null : often.reduce((a, b) => (a < b ? a : b));
    if (least === null || fulfilment === null) return null;
    return isNear(least, fulfilment) ? least : null;
  }

  #note(period: FeePeriod, month: string, fee: bigint): void {
    const id = `${period.name} ${month}`;
    const known = this.#months.get(id) ?? { period, month, times: new Map<bigint, number>() };
    known.times.set(fee, (known.times.get(fee) ?? 0) + 1);
    this.#months.set(id, known);
  }
}

function isNear(fee: bigint, today: bigint): boolean {
  const apart = fee > today ? fee - today : today - fee;
  return apart * MOST_CHANGE <= today;
}
