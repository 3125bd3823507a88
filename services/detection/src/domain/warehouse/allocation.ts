import type { Network } from '@recoup/domain';
import { compareText, distinct, type LedgerRow, type ProductFacts } from '../facts.js';
import { isReversal, netPayments } from '../payments/net-payments.js';
import { FOUND_SKU } from '../product-groups.js';
import { stockLosses } from '../stock/stock-losses.js';
import {
  settled,
  used,
  usesByLoss,
  type AllocatedLoss,
  type UsesByLoss,
} from './allocated-loss.js';
import {
  consume,
  consumeBy,
  roomOf,
  type Likeness,
  type Offset,
  type Room,
  type Use,
} from './consume.js';
import { dispositionMoves } from './disposition-moves.js';
import { movementOf } from './ledger-codes.js';
import { lossesOf } from './losses.js';
import { missingDamagedOf } from './missing-damaged.js';
import {
  correctionsOf,
  disposalsOf,
  findsOf,
  inOrder,
  paymentOffsets,
  transfersOf,
} from './offsets.js';

/** The one ledger of a key: every unit, find and payment in it is used once, whichever detector asks. */
export interface Allocation {
  readonly network: Network;
  readonly losses: readonly AllocatedLoss[];
  /** Payments, by their keys, with the units that made good no loss of the key. */
  readonly unusedPayments: ReadonlyMap<string, number>;
  /** Days of rows that blur the story: transfers, redefinitions, corrections of the books, reversals, unclear payments. */
  readonly noise: readonly string[];
}

/** What losses in warehouses and their settling are read from. */
export type WarehouseFacts = Pick<ProductFacts, 'ledger' | 'reimbursements'>;

/** Sets finds, payments and corrections of one key against its losses. Pure: order and repeats of facts change nothing. */
export function allocate(facts: WarehouseFacts, network: Network): Allocation {
  const rows = [...distinct(facts.ledger)].sort(byDay);
  const moves = dispositionMoves(rows);
  const reimbursements = distinct(facts.reimbursements);
  const payments = netPayments(reimbursements, network);
  const rooms = lossesOf(rows, moves).map(roomOf);
  const ways = waysOf(rows, reimbursements);

  const corrections = consumeBy(rooms, inOrder(correctionsOf(moves)), [AT_ONE_CENTRE]).uses;
  const made = consumeBy(rooms, inOrder([...findsOf(rows), ...paymentOffsets(payments)]), ways);
  // After what names its loss: a transfer may stand for either kind, and must not take a place that only a find fits.
  const given = consumeBy(rooms, transfersOf(rows, payments), ways);
  const uses = [...corrections, ...made.uses, ...given.uses];
  const disposed = disposals(rooms, usesByLoss(uses), inOrder(disposalsOf(rows)));
  const settledBy = usesByLoss([...uses, ...disposed]);
  const missing = missingDamagedOf(rooms, rows);
  // Last, from what is left over: a unit that is missing after a move is claimed as missing, and once.
  const between = stockLosses(rows, { unused: [...made.rest, ...given.rest], ways });

  return {
    network,
    losses: [
      ...rooms.map((room) => settled(room, settledBy.get(room.loss), missing.get(room.loss))),
      ...between.losses,
    ],
    unusedPayments: new Map(
      between.unpaired
        .filter(({ kind }) => kind === 'reimbursed')
        .map(({ source, units }) => [source.key, units]),
    ),
    noise: noiseOf(rows, [
      ...reimbursements.filter(isReversal).map((payment) => payment.data.approvedAt.slice(0, 10)),
      ...payments.filter(({ family }) => family === 'unclear').map(({ day }) => day),
    ]),
  };
}

/** A correction belongs to the damage at its own centre before that of another. */
const AT_ONE_CENTRE: Likeness = {
  ofLoss: ({ row }) => row.data.fulfillmentCenter,
  ofOffset: ({ facility }) => facility,
};

const OF_ONE_PRODUCT: Likeness = {
  ofLoss: ({ row }) => row.data.fnsku,
  ofOffset: ({ fnsku }) => fnsku,
};

/**
 * Where several FNSKUs are one product, what is booked to one of them is first that one's. What Amazon found under a SKU of
 * its own is nobody's in particular: with one FNSKU besides, all of it goes by its days.
 */
function waysOf(
  rows: readonly LedgerRow[],
  payments: ProductFacts['reimbursements'],
): readonly Likeness[] {
  const named = [...rows, ...payments].filter(({ data }) => !data.sku.startsWith(FOUND_SKU));
  const fnskus = new Set(named.map(({ data }) => data.fnsku));
  return fnskus.size > 1 ? [OF_ONE_PRODUCT] : [];
}

/**
 * Damaged units that were disposed of cannot be claimed. Paid units are the first to leave; and where Amazon states
 * what is open it has counted its own disposals already.
 */
function disposals(
  rooms: readonly Room[],
  uses: UsesByLoss,
  offsets: readonly Offset[],
): readonly Use[] {
  const stock: Room[] = rooms
    .filter(({ loss }) => loss.kind === 'damaged')
    .map(({ loss }) => ({
      loss,
      reconciled: 0,
      open: loss.units - used(uses.get(loss), 'corrected'),
    }));
  const gone = usesByLoss(consume(stock, offsets).uses);
  return rooms.flatMap((room) => {
    if (room.loss.stated !== null) return [];
    let paid = used(uses.get(room.loss)) - used(uses.get(room.loss), 'corrected');
    return (gone.get(room.loss) ?? []).flatMap((use) => {
      const units = Math.max(0, use.units - paid);
      paid = Math.max(0, paid - use.units);
      room.open -= units;
      return units > 0 ? [{ ...use, units }] : [];
    });
  });
}

const NOISE: ReadonlySet<string | null> = new Set([
  'transferred',
  'taken_back',
  'redefined',
  'software',
]);

function noiseOf(rows: readonly LedgerRow[], others: readonly string[]): readonly string[] {
  const days = rows.filter((row) => NOISE.has(movementOf(row.data))).map((row) => row.data.day);
  return [...days, ...others].sort(compareText);
}

function byDay(a: LedgerRow, b: LedgerRow): number {
  return compareText(a.data.day, b.data.day) || compareText(a.key, b.key);
}
