import { addDays } from '@recoup/kernel';
import type { LedgerRow } from '../facts.js';
import { movementOf } from './ledger-codes.js';

/** Units that went from one disposition to another: a row that takes and the row that gives, or one without its other. */
export interface DispositionMove {
  readonly from: LedgerRow | null;
  readonly to: LedgerRow | null;
  readonly units: number;
}

/** Amazon books both rows of a pair within days of each other. Later rows belong to another story. */
const PAIR_DAYS = 3;

interface Open {
  readonly row: LedgerRow;
  units: number;
}

/** From the surest likeness to the weakest; each pass sees only the units that the passes before left over. */
const likenesses: readonly ((from: LedgerRow, to: LedgerRow) => boolean)[] = [
  (from, to) => from.data.referenceId !== '' && from.data.referenceId === to.data.referenceId,
  (from, to) =>
    from.data.day === to.data.day &&
    sameCentre(from, to) &&
    from.data.quantity === -to.data.quantity,
  (from, to) => from.data.day === to.data.day && sameCentre(from, to),
  (from, to) => sameCentre(from, to),
];

/**
 * Pairs the rows that take units out of a disposition (E, 6, 7, H, K, U and negative P, Q) with those that put them into
 * another (positive P, Q). Every unit is in at most one move. `rows` come in day and key order.
 */
export function dispositionMoves(rows: readonly LedgerRow[]): readonly DispositionMove[] {
  const takes: Open[] = [];
  const gives: Open[] = [];
  for (const row of rows) {
    const movement = movementOf(row.data);
    if (row.data.quantity < 0 && movement !== null && TAKING.has(movement)) {
      takes.push({ row, units: -row.data.quantity });
    } else if (row.data.quantity > 0 && movement === 'disposition') {
      gives.push({ row, units: row.data.quantity });
    }
  }
  const givesByDay = byDay(gives);
  const moves = likenesses.flatMap((alike) => pair(takes, givesByDay, alike));
  return [
    ...moves,
    ...takes.filter(left).map(({ row, units }) => ({ from: row, to: null, units })),
    ...gives.filter(left).map(({ row, units }) => ({ from: null, to: row, units })),
  ];
}

const TAKING: ReadonlySet<string> = new Set(['damaged', 'damaged_otherwise', 'disposition']);

function pair(
  takes: readonly Open[],
  gives: ReadonlyMap<string, readonly Open[]>,
  alike: (from: LedgerRow, to: LedgerRow) => boolean,
): DispositionMove[] {
  const moves: DispositionMove[] = [];
  for (const take of takes.filter(left)) {
    for (const give of near(gives, take.row.data.day)) {
      if (!changesDisposition(take.row, give.row) || !alike(take.row, give.row)) continue;
      const units = Math.min(take.units, give.units);
      if (units === 0) continue;
      take.units -= units;
      give.units -= units;
      moves.push({ from: take.row, to: give.row, units });
    }
  }
  return moves;
}

/** What was given within days of a day, oldest first. */
function near(gives: ReadonlyMap<string, readonly Open[]>, day: string): readonly Open[] {
  const days = Array.from({ length: 2 * PAIR_DAYS + 1 }, (_, n) => addDays(day, n - PAIR_DAYS));
  return days.flatMap((other) => gives.get(other) ?? []);
}

function byDay(opens: readonly Open[]): ReadonlyMap<string, readonly Open[]> {
  const days = new Map<string, Open[]>();
  for (const open of opens) {
    const list = days.get(open.row.data.day);
    if (list) list.push(open);
    else days.set(open.row.data.day, [open]);
  }
  return days;
}

function left(open: Open): boolean {
  return open.units > 0;
}

function changesDisposition(from: LedgerRow, to: LedgerRow): boolean {
  return from.data.disposition !== to.data.disposition;
}

function sameCentre(from: LedgerRow, to: LedgerRow): boolean {
  return from.data.fulfillmentCenter === to.data.fulfillmentCenter;
}
