import { addDays } from '@recoup/kernel';
import { compareText, distinct, type LedgerRow } from '../facts.js';
import { isSellable, movementOf } from '../warehouse/ledger-codes.js';

/** How far what came back may lie from the reversal that it is the reason of, in days, either way. */
export const BACK_DAYS = 30;

/** Units that came back to a seller: Amazon's reason for taking a payment back. Each is the reason of one reversal. */
export interface StockBack {
  /** Units that explain a reversal of a day, at most so many; used up by it. Days are asked in their order. */
  take(day: string, units: number, of: 'lost' | 'damaged'): number;
}

/** Finds and units given (F, N) explain any reversal; units back in sellable stock (P) that of a damage. */
export function stockBack(ledger: readonly LedgerRow[]): StockBack {
  const rows = [...distinct(ledger)]
    .filter(({ data }) => data.quantity > 0)
    .sort((a, b) => compareText(a.data.day, b.data.day) || compareText(a.key, b.key));
  const found = openSupply(rows.filter(({ data }) => isFound(movementOf(data))));
  const repaired = openSupply(
    rows.filter(({ data }) => movementOf(data) === 'disposition' && isSellable(data)),
  );
  return {
    take(day, units, of) {
      const first = of === 'damaged' ? repaired(day, units) : 0;
      return first + found(day, units - first);
    },
  };
}

function isFound(movement: ReturnType<typeof movementOf>): boolean {
  return movement === 'found' || movement === 'transferred' || movement === 'software';
}

/** Rows in day order, oldest used first; those too old for a day are so for all that follow. */
function openSupply(rows: readonly LedgerRow[]): (day: string, units: number) => number {
  const left = rows.map(({ data }) => data.quantity);
  let at = 0;
  return (day, units) => {
    const [from, to] = [addDays(day, -BACK_DAYS), addDays(day, BACK_DAYS)];
    let taken = 0;
    while (taken < units) {
      const row = rows[at];
      if (!row || row.data.day > to) break;
      const here = row.data.day < from ? 0 : Math.min(left[at] ?? 0, units - taken);
      taken += here;
      left[at] = (left[at] ?? 0) - here;
      if (taken < units) at += 1;
    }
    return taken;
  };
}
