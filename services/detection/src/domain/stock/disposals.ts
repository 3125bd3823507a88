import type { RemovalOrderFact } from '@recoup/contracts';
import { dayInNetwork, type Network } from '@recoup/domain';
import { compareText, distinct, type Keyed, type LedgerRow, type ProductFacts } from '../facts.js';
import { isSellableWord } from '../removals/removal-lines.js';
import { isSellable, movementOf } from '../warehouse/ledger-codes.js';

/** Units disposed of in one row of the ledger, and those of them that an order of the seller asked for. */
export interface Disposal {
  readonly row: LedgerRow;
  readonly units: number;
  readonly ordered: readonly { readonly order: Keyed<RemovalOrderFact>; readonly units: number }[];
  readonly left: number;
}

interface Room {
  readonly order: Keyed<RemovalOrderFact>;
  readonly day: string;
  left: number;
}

/**
 * Disposals, oldest first, with the orders that asked for them: by number first, then by the state of the units, then any
 * order of the product. An order covers what is disposed of from its day on, up to what it asked for and was not cancelled:
 * what is still in process, too.
 */
export function disposalsIn(
  facts: Pick<ProductFacts, 'ledger' | 'removalOrders'>,
  network: Network,
): Disposal[] {
  const rooms = distinct(facts.removalOrders)
    .filter(({ data }) => asksForIt(data))
    .map((order): Room => {
      const { requestedQuantity, cancelledQuantity, requestedAt } = order.data;
      const left = Math.max(0, requestedQuantity - (cancelledQuantity ?? 0));
      return { order, day: dayInNetwork(network, requestedAt), left };
    })
    .sort((a, b) => compareText(a.day, b.day) || compareText(a.order.key, b.order.key));
  const disposals = distinct(facts.ledger)
    .filter((row) => movementOf(row.data) === 'disposed' && row.data.quantity < 0)
    .sort((a, b) => compareText(a.data.day, b.data.day) || compareText(a.key, b.key))
    .map((row) => ({
      row,
      units: -row.data.quantity,
      left: -row.data.quantity,
      ordered: [] as Disposal['ordered'][number][],
    }));
  const byNumber = new Map(rooms.map((room) => [room.order.data.orderId, room]));
  for (const disposal of disposals) {
    const named = byNumber.get(disposal.row.data.referenceId);
    if (named) cover(disposal, named);
  }
  for (const sellable of [true, false]) {
    const alike = rooms.filter(({ order }) => isSellableWord(order.data.disposition) === sellable);
    coverInOrder(
      disposals.filter(({ row }) => isSellable(row.data) === sellable),
      alike,
    );
  }
  coverInOrder(disposals, rooms);
  return disposals;
}

interface Covered {
  readonly row: LedgerRow;
  left: number;
  readonly ordered: Disposal['ordered'][number][];
}

/** Orders and disposals both in time: what is used up is not looked at again. */
function coverInOrder(disposals: readonly Covered[], rooms: readonly Room[]): void {
  let first = 0;
  for (const disposal of disposals) {
    for (let room = rooms[first]; room && disposal.left > 0; room = rooms[first]) {
      if (room.left > 0 && room.day > disposal.row.data.day) break;
      cover(disposal, room);
      if (room.left === 0) first += 1;
    }
  }
}

function cover(disposal: Covered, room: Room): void {
  const units = Math.min(room.left, disposal.left);
  if (units === 0) return;
  room.left -= units;
  disposal.left -= units;
  disposal.ordered.push({ order: room.order, units });
}

/** Whatever is not sent back to the seller may end as a disposal. */
function asksForIt({ orderType }: RemovalOrderFact): boolean {
  return orderType.trim().toLowerCase() !== 'return';
}
