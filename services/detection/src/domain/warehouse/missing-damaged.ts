import { groupBy } from '@recoup/kernel';
import type { LedgerRow } from '../facts.js';
import type { Room } from './consume.js';
import { isWarehouseDamaged, movementOf } from './ledger-codes.js';
import type { Loss } from './losses.js';

/**
 * Damaged stock that later went missing at its centre: part of the same loss, shown with it, never counted again. Each row
 * is shown with the damages that its units were, oldest first, so that a long history does not show each with all.
 */
export function missingDamagedOf(
  rooms: readonly Room[],
  rows: readonly LedgerRow[],
): ReadonlyMap<Loss, readonly LedgerRow[]> {
  const damages = rooms.flatMap(({ loss }) => (loss.kind === 'damaged' ? [loss] : []));
  const gone = rows.filter(({ data }) => movementOf(data) === 'lost' && isWarehouseDamaged(data));
  const goneAt = groupBy(gone, ({ data }) => data.fulfillmentCenter);
  const shown = new Map<Loss, readonly LedgerRow[]>();
  for (const [centre, own] of groupBy(damages, ({ row }) => row.data.fulfillmentCenter)) {
    const missing = unitsOf(goneAt.get(centre) ?? []);
    for (const loss of own) {
      const taken = missing.take(loss);
      if (taken.length > 0) shown.set(loss, taken);
    }
  }
  return shown;
}

/** Rows whose units are given away one loss after the other. Losses come in day order, as the rows do. */
function unitsOf(rows: readonly LedgerRow[]) {
  let at = 0;
  let used = 0;
  return {
    take({ row, units }: Loss): readonly LedgerRow[] {
      const taken: LedgerRow[] = [];
      let wanted = units;
      for (let next = rows[at]; next && wanted > 0; next = rows[at]) {
        const left = next.data.day < row.data.day ? 0 : -next.data.quantity - used;
        const here = Math.min(wanted, Math.max(0, left));
        if (here > 0) taken.push(next);
        wanted -= here;
        used += here;
        if (here < left) break;
        at += 1;
        used = 0;
      }
      return taken;
    },
  };
}
