import type { AllocationLine, SourceRef } from '@recoup/contracts';
import { consume, roomOf, type Offset, type Room, type Use } from './consume.js';
import { dispositionMoves } from './disposition-moves.js';
import { compareText, distinct, type LedgerRow, type ProductFacts } from '../facts.js';
import { isWarehouseDamaged, movementOf } from './ledger-codes.js';
import { lossesOf, type Loss } from './losses.js';
import type { Network } from '@recoup/domain';
import {
  correctionsOf,
  disposalsOf,
  findsOf,
  inOrder,
  paymentOffsets,
  transfersOf,
} from './offsets.js';
import { isReversal, netPayments } from '../payments/net-payments.js';

/** A loss with everything that was set off against it: `units` = what the lines used + `left`. */
export interface AllocatedLoss extends Loss {
  readonly left: number;
  /** Units already paid for. */
  readonly reimbursed: number;
  /** The first line is the loss itself; the others used it up, in time order. */
  readonly lines: readonly AllocationLine[];
  readonly sources: readonly SourceRef[];
}

/** The one ledger of a key: every unit, find and payment in it is used once, whichever detector asks. */
export interface Allocation {
  readonly network: Network;
  readonly losses: readonly AllocatedLoss[];
  /** Days of rows that blur the story: transfers, redefinitions, corrections of the books, reversals, unclear payments. */
  readonly noise: readonly string[];
}

/** What losses in warehouses and their settling are read from. */
export type WarehouseFacts = Pick<ProductFacts, 'ledger' | 'reimbursements'>;

/** Sets finds, payments and corrections of one key against its losses. Pure: order and repeats of facts change nothing. */
export function allocate(facts: WarehouseFacts, network: Network): Allocation {
  const rows = [...distinct(facts.ledger)].sort(byDay);
  const moves = dispositionMoves(rows);
  const payments = netPayments(distinct(facts.reimbursements), network);
  const rooms = lossesOf(rows, moves).map(roomOf);

  const corrections = correct(rooms, inOrder(correctionsOf(moves)));
  const made = consume(rooms, inOrder([...findsOf(rows), ...paymentOffsets(payments)])).uses;
  // After what names its loss: a transfer may stand for either kind, and must not take a place that only a find fits.
  const given = consume(rooms, transfersOf(rows, payments)).uses;
  const uses = [...corrections, ...made, ...given];
  const disposed = disposals(rooms, usesByLoss(uses), inOrder(disposalsOf(rows)));
  const settledBy = usesByLoss([...uses, ...disposed]);

  const damagedStock = missingDamagedStock(rows);

  return {
    network,
    losses: rooms.map((room) =>
      settled(room, settledBy.get(room.loss) ?? [], missing(room, damagedStock)),
    ),
    noise: noiseOf(rows, [
      ...distinct(facts.reimbursements)
        .filter(isReversal)
        .map((payment) => payment.data.approvedAt.slice(0, 10)),
      ...payments.filter(({ family }) => family === 'unclear').map(({ day }) => day),
    ]),
  };
}

/** A correction belongs to the damage at its own centre before that of another. */
function correct(rooms: readonly Room[], corrections: readonly Offset[]): readonly Use[] {
  const own = consume(
    rooms,
    corrections.map((offset) => ({
      ...offset,
      covers: (loss) => offset.covers(loss) && loss.row.data.fulfillmentCenter === offset.facility,
    })),
  );
  const others = own.rest.map((offset) => ({ ...offset, covers: isDamage }));
  return [...own.uses, ...consume(rooms, others).uses];
}

function isDamage(loss: Loss): boolean {
  return loss.kind === 'damaged';
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
    .filter(({ loss }) => isDamage(loss))
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

function used(uses: readonly Use[] = [], kind?: Offset['kind']): number {
  return uses
    .filter((use) => kind === undefined || use.offset.kind === kind)
    .reduce((sum, use) => sum + use.units, 0);
}

type UsesByLoss = ReadonlyMap<Loss, readonly Use[]>;

/** Uses by loss, in time order; what one row gave to one loss in several steps is one use. */
function usesByLoss(uses: readonly Use[]): UsesByLoss {
  const grouped = new Map<Loss, Map<string, Use>>();
  for (const use of uses) {
    const own = grouped.get(use.loss) ?? new Map<string, Use>();
    const before = own.get(use.offset.source.key)?.units ?? 0;
    own.set(use.offset.source.key, { ...use, units: before + use.units });
    grouped.set(use.loss, own);
  }
  return new Map([...grouped].map(([loss, own]) => [loss, [...own.values()].sort(byOffset)]));
}

function byOffset(a: Use, b: Use): number {
  return (
    compareText(a.offset.day, b.offset.day) || compareText(a.offset.source.key, b.offset.source.key)
  );
}

function settled(
  room: Room,
  uses: readonly Use[],
  missingRows: readonly LedgerRow[],
): AllocatedLoss {
  const { loss } = room;
  return {
    ...loss,
    left: room.open,
    reimbursed: used(uses, 'reimbursed'),
    lines: [lossLine(loss), ...uses.map(useLine), ...unseenLine(room)],
    sources: sourcesOf(loss, uses, missingRows),
  };
}

function lossLine({ kind, row, units }: Loss): AllocationLine {
  const { day, referenceId, fulfillmentCenter } = row.data;
  return {
    kind,
    day,
    quantity: units,
    reference: referenceId,
    facility: fulfillmentCenter || null,
  };
}

function useLine({ offset, units }: Use): AllocationLine {
  const { kind, day, reference, facility } = offset;
  return { kind, day, quantity: units, reference, facility };
}

/** Units that Amazon states as reconciled though no row shows how: its word bounds the claim. */
function unseenLine({ loss, reconciled }: Room): readonly AllocationLine[] {
  if (reconciled === 0) return [];
  const { day } = loss.row.data;
  return [
    {
      kind: 'corrected',
      day,
      quantity: reconciled,
      reference: 'reconciled by Amazon',
      facility: null,
    },
  ];
}

function sourcesOf(
  loss: Loss,
  uses: readonly Use[],
  missingRows: readonly LedgerRow[],
): readonly SourceRef[] {
  const rows = [loss.row, ...loss.related, ...missingRows];
  const keys = new Map(rows.map((row) => [row.key, { kind: 'ledger', key: row.key }]));
  for (const { offset } of uses) keys.set(offset.source.key, offset.source);
  return [...keys.values()];
}

/** Damaged stock of this centre that later went missing: part of the same loss, shown with it, never counted again. */
function missing({ loss }: Room, damagedStock: readonly LedgerRow[]): readonly LedgerRow[] {
  if (!isDamage(loss)) return [];
  const { day, fulfillmentCenter } = loss.row.data;
  return damagedStock.filter(
    ({ data }) => data.fulfillmentCenter === fulfillmentCenter && data.day >= day,
  );
}

function missingDamagedStock(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  return rows.filter((row) => movementOf(row.data) === 'lost' && isWarehouseDamaged(row.data));
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
