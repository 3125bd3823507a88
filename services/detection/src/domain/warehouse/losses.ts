import type { DispositionMove } from './disposition-moves.js';
import { compareText, type LedgerRow } from '../facts.js';
import { isSellable, isWarehouseDamaged, movementOf } from './ledger-codes.js';

/** Units that one ledger row took from the seller, before anything is set off against them. */
export interface Loss {
  /** Gone missing, damaged, sent to another centre, or made another product. */
  readonly kind: 'lost' | 'damaged' | 'moved_out' | 'redefined';
  /** The row that names the loss: its key is the claim's anchor. */
  readonly row: LedgerRow;
  readonly units: number;
  /** Units that Amazon itself states as unreconciled; null where the report did not say. */
  readonly stated: number | null;
  readonly sellable: boolean;
  /** Other rows of the same event: the second half of a damage. */
  readonly related: readonly LedgerRow[];
}

/**
 * The losses of a key, oldest first. Damage counts once both halves are booked: out of stock (E) and into damaged stock
 * (P). Damaged stock that goes missing afterwards was lost to the seller already and opens nothing.
 */
export function lossesOf(
  rows: readonly LedgerRow[],
  moves: readonly DispositionMove[],
): readonly Loss[] {
  const lost = rows
    .filter(opensLoss)
    .map((row) => ({ row, units: -row.data.quantity, related: [] }));
  return [
    ...lost.map((part) => lossOf('lost', part)),
    ...damages(moves).map((part) => lossOf('damaged', part)),
  ].sort(byLossDay);
}

export interface LossPart {
  readonly row: LedgerRow;
  readonly units: number;
  readonly related: readonly LedgerRow[];
}

export function lossOf(kind: Loss['kind'], { row, units, related }: LossPart): Loss {
  const { unreconciledQuantity } = row.data;
  return {
    kind,
    row,
    units,
    related,
    stated: unreconciledQuantity === null ? null : Math.abs(unreconciledQuantity),
    sellable: isSellable(row.data),
  };
}

export function opensLoss(row: LedgerRow): boolean {
  return movementOf(row.data) === 'lost' && row.data.quantity < 0 && !isWarehouseDamaged(row.data);
}

/** The damages among the moves, one per E row: its units that reached damaged stock, over all its pairs. */
function damages(moves: readonly DispositionMove[]): readonly LossPart[] {
  const parts = new Map<string, { row: LedgerRow; units: number; related: LedgerRow[] }>();
  for (const { from, to, units } of moves) {
    if (!from || !to || movementOf(from.data) !== 'damaged' || !isWarehouseDamaged(to.data))
      continue;
    const part = parts.get(from.key) ?? { row: from, units: 0, related: [] };
    part.units += units;
    part.related.push(to);
    parts.set(from.key, part);
  }
  return [...parts.values()];
}

export function byLossDay(a: Loss, b: Loss): number {
  return compareText(a.row.data.day, b.row.data.day) || compareText(a.row.key, b.row.key);
}
