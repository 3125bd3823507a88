import type { Calendar } from './calendar.js';
import { movement, type LedgerRow } from './ledger-row.js';

/** One in so many orders. */
const SHARE = 60;

/**
 * What Amazon sends a customer once more in place of a unit of an order, some days after it: an order of its own that costs
 * nothing, so that it leaves a trace in the ledger and in the report of replacements only. Given the first movement of each
 * order; null for most.
 */
export function replacementOf(shipped: LedgerRow, calendar: Calendar): LedgerRow | null {
  const { order: n, product } = shipped;
  if (n === undefined || n % SHARE !== 7) return null;
  const day = shipped.day + 5 + (n % 11);
  if (day >= calendar.days) return null;
  return movement({
    day,
    product,
    eventType: 'CustomerShipments',
    referenceId: `${60_000_000_000_000 + n}`,
    quantity: -1,
    center: product.centers[n % product.centers.length] ?? shipped.center,
    disposition: 'SELLABLE',
    replaces: { order: n, center: shipped.center },
  });
}

/** The movements, as orders make them, of which some are answered by a replacement. */
export class Replacements {
  readonly rows: LedgerRow[] = [];
  readonly #calendar: Calendar;
  #last: number | undefined;

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
  }

  /** Notes a movement. Those of one order come one after the other, and its first is what may be replaced. */
  add(row: LedgerRow): void {
    if (row.eventType !== 'CustomerShipments' || row.order === this.#last) return;
    this.#last = row.order;
    const replacement = replacementOf(row, this.#calendar);
    if (replacement) this.rows.push(replacement);
  }
}

/** The number of the order that replaces another: no order of the seller's own has it. */
export function replacementIdOf(orderId: string): string {
  return orderId.replace(/^\d{3}/, '119');
}
