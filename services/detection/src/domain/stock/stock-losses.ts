import { addDays } from '@recoup/kernel';
import type { LedgerRow } from '../facts.js';
import { settled, usesByLoss, type AllocatedLoss } from '../warehouse/allocated-loss.js';
import { consume, consumeBy, roomOf, type Likeness, type Offset } from '../warehouse/consume.js';
import { isMove, movementOf } from '../warehouse/ledger-codes.js';
import { lossOf, opensLoss, type Loss } from '../warehouse/losses.js';
import { inOrder, ledgerOffset } from '../warehouse/offsets.js';

/** The second leg of a move may be booked before the first one, by centres that close their days at different hours. */
const LEG_EARLY_DAYS = 3;
/** Both halves of a redefinition are booked within days; a month either way is never held against Amazon. */
const REDEFINED_DAYS = 30;

const OF_ONE_REFERENCE: Likeness = {
  ofLoss: ({ row }) => row.data.referenceId || null,
  ofOffset: ({ reference }) => reference || null,
};

export interface LeftOver {
  /** Finds, payments and units given to the seller that made good no loss in a warehouse. */
  readonly unused: readonly Offset[];
  readonly ways: readonly Likeness[];
}

export interface StockLosses {
  readonly losses: readonly AllocatedLoss[];
  /** What of `unused` made good none of these either. */
  readonly unpaired: readonly Offset[];
}

/**
 * Units that left one place and came to no other: out with a move between centres (WhseTransfers) and never in, out as
 * another product (4) and never in as one (3). What goes missing after a move is the same unit and belongs to whom
 * misplaced it; what was found or paid and made good no other loss makes good these. Only those with units left.
 * `rows` come in day and key order.
 */
export function stockLosses(rows: readonly LedgerRow[], { unused, ways }: LeftOver): StockLosses {
  const legs = rows.filter(({ data }) => isMove(data));
  const redefined = rows.filter(({ data }) => movementOf(data) === 'redefined');
  const rooms = [...takenBy(legs, 'moved_out'), ...takenBy(redefined, 'redefined')].map(roomOf);
  rooms.sort((a, b) =>
    a.loss.row.data.day < b.loss.row.data.day
      ? -1
      : a.loss.row.data.day > b.loss.row.data.day
        ? 1
        : 0,
  );
  const arrived = [
    ...givenBy(legs, { kind: 'moved_in', covers: ['moved_out'], days: LEG_EARLY_DAYS }),
    ...givenBy(redefined, { kind: 'redefined', covers: ['redefined'], days: REDEFINED_DAYS }),
  ];
  const misplaced = rows
    .filter(opensLoss)
    .flatMap((row) =>
      ledgerOffset(row, { kind: 'lost', units: -row.data.quantity, covers: ['moved_out'] }),
    );
  const spare = unused
    .filter(({ covers }) => covers.includes('lost'))
    .map((offset): Offset => ({ ...offset, covers: ['moved_out', 'redefined'] }));
  const arrivals = consumeBy(rooms, inOrder(arrived), [OF_ONE_REFERENCE, ...ways]).uses;
  const owned = consume(rooms, inOrder(misplaced)).uses;
  const made = consume(rooms, inOrder(spare));
  const settledBy = usesByLoss([...arrivals, ...owned, ...made.uses]);
  return {
    losses: rooms
      .filter(({ open }) => open > 0)
      .map((room) => settled(room, settledBy.get(room.loss))),
    unpaired: [...unused.filter(({ covers }) => !covers.includes('lost')), ...made.rest],
  };
}

function takenBy(rows: readonly LedgerRow[], kind: Loss['kind']): readonly Loss[] {
  return rows
    .filter(({ data }) => data.quantity < 0)
    .map((row) => lossOf(kind, { row, units: -row.data.quantity, related: [] }));
}

interface Arrival extends Pick<Offset, 'kind' | 'covers'> {
  /** How many days before the departure that it belongs to it may be booked. */
  readonly days: number;
}

function givenBy(rows: readonly LedgerRow[], { kind, covers, days }: Arrival): readonly Offset[] {
  return rows
    .filter(({ data }) => data.quantity > 0)
    .flatMap((row) =>
      ledgerOffset(row, {
        ...{ kind, covers, units: row.data.quantity },
        reaches: addDays(row.data.day, days),
      }),
    );
}
