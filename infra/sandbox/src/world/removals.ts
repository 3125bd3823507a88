import type { Calendar } from './calendar.js';
import { movement, type LedgerRow } from './ledger-row.js';
import type { Serials } from './serials.js';

/** Days between two removal orders of a product. */
const EVERY = 60;

/**
 * The seller takes back what customers returned unsellable. Warehouse-damaged stock stays where it is: while Amazon
 * may still owe for it, nobody removes it.
 */
export function removals(
  returned: readonly LedgerRow[],
  { serials, calendar }: { readonly serials: Serials; readonly calendar: Calendar },
): LedgerRow[] {
  const loads = new Map<string, { row: LedgerRow; day: number; units: number }>();
  for (const row of returned) {
    const day = EVERY * (1 + Math.floor(row.day / EVERY)) + (row.product.index % 25);
    if (day >= calendar.days) continue;
    const key = `${day}:${row.product.index}:${row.center}:${row.disposition}`;
    const load = loads.get(key) ?? { row, day, units: 0 };
    loads.set(key, { ...load, units: load.units + row.quantity });
  }
  return [...loads.values()].map(({ row, day, units }) =>
    movement({
      day,
      product: row.product,
      eventType: 'VendorReturns',
      referenceId: serials.removal(),
      quantity: -units,
      center: row.center,
      disposition: row.disposition,
    }),
  );
}
