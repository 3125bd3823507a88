import { compareText } from '../facts.js';

/** Charges of one day and one rate, added up. Minor units of the marketplace's currency. */
export interface DayCharges {
  /** In the marketplace's calendar. */
  readonly day: string;
  /** In UTC. */
  readonly postedDay: string;
  /** Whether the day is that of the shipment. */
  readonly dated: boolean;
  /** What was taken: for one unit, or in hundredths. */
  readonly rate: bigint;
  /** One for each line of an order. */
  readonly charges: number;
  readonly units: number;
  readonly charged: bigint;
  /** What is right by what Amazon states; null where that depends on the day. */
  readonly expected: bigint | null;
  /** One of them as an example, the same whatever their order. */
  readonly orderId: string;
  readonly key: string;
}

/** Adds charges up by day and rate, so that memory follows days and not orders. */
export class ChargesByDay {
  readonly #sums = new Map<string, DayCharges>();

  add(one: DayCharges): void {
    const { postedDay, day, dated, rate } = one;
    const id = `${postedDay} ${day} ${String(dated)} ${rate}`;
    const known = this.#sums.get(id);
    this.#sums.set(id, known ? added(known, one) : one);
  }

  /** Oldest first. */
  all(): readonly DayCharges[] {
    return [...this.#sums].sort(([a], [b]) => compareText(a, b)).map(([, sum]) => sum);
  }
}

function added(a: DayCharges, b: DayCharges): DayCharges {
  const example = compareText(a.orderId, b.orderId) || compareText(a.key, b.key);
  const { orderId, key } = example <= 0 ? a : b;
  return {
    ...a,
    orderId,
    key,
    charges: a.charges + b.charges,
    units: a.units + b.units,
    charged: a.charged + b.charged,
    expected: a.expected === null || b.expected === null ? null : a.expected + b.expected,
  };
}

/** The first of some days. */
export class FirstDay {
  #day: string | null = null;

  add(day: string): void {
    if (this.#day === null || day < this.#day) this.#day = day;
  }

  /** Of these days and others. */
  and(days: readonly string[]): FirstDay {
    const both = new FirstDay();
    for (const day of [this.#day, ...days]) if (day !== null) both.add(day);
    return both;
  }

  isBefore(day: string): boolean {
    return this.#day !== null && this.#day < day;
  }
}
