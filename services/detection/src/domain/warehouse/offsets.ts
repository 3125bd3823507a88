import { addDays } from '@recoup/kernel';
import type { Offset } from './consume.js';
import type { DispositionMove } from './disposition-moves.js';
import { compareText, type LedgerRow } from '../facts.js';
import { isSellable, isWarehouseDamaged, movementOf, type Movement } from './ledger-codes.js';
import type { NetPayment } from '../payments/net-payments.js';

/** Found units, and positive corrections of the books: they make up for lost ones, at whatever centre they turn up. */
export function findsOf(rows: readonly LedgerRow[]): readonly Offset[] {
  const damagedStock = { missing: 0 };
  return rows.flatMap((row) => {
    const movement = movementOf(row.data);
    if (movement === 'lost' && isWarehouseDamaged(row.data)) {
      damagedStock.missing += Math.max(0, -row.data.quantity);
    }
    const units =
      movement === 'found' || movement === 'software' ? Math.max(0, row.data.quantity) : 0;
    const own = isWarehouseDamaged(row.data) ? Math.min(units, damagedStock.missing) : 0;
    damagedStock.missing -= own; // damaged stock that went missing and came back: no lost unit returned
    const kind = movement === 'found' ? 'found' : 'corrected';
    return ledgerOffset(row, { kind, units: units - own, covers: ['lost'] });
  });
}

/** Units given to the seller, less those that an inventory payment near in time explains: they are that payment. */
export function transfersOf(
  rows: readonly LedgerRow[],
  payments: readonly NetPayment[],
): readonly Offset[] {
  const inKind = payments
    .filter((payment) => payment.inventoryUnits > 0)
    .map((payment) => ({ ...payment, unseen: payment.inventoryUnits }))
    .sort((a, b) => compareText(a.day, b.day) || compareText(a.payment.key, b.payment.key));
  let first = 0;
  return taking(rows, 'transferred').flatMap((row) => {
    const [earliest, latest] = [
      addDays(row.data.day, -IN_KIND_AFTER),
      addDays(row.data.day, IN_KIND_BEFORE),
    ];
    let units = row.data.quantity;
    // Rows come in day order: a payment that is used up, or too old for one, is so for all that follow.
    while (isOver(inKind[first], earliest)) first += 1;
    for (let at = first; units > 0 && at < inKind.length; at += 1) {
      const payment = inKind[at];
      if (!payment || payment.day > latest) break;
      const explained = Math.min(units, payment.unseen);
      payment.unseen -= explained;
      units -= explained;
    }
    return ledgerOffset(row, { kind: 'transferred', units, covers: ['lost', 'damaged'] });
  });
}

function isOver(
  payment: { readonly day: string; readonly unseen: number } | undefined,
  day: string,
) {
  return payment !== undefined && (payment.unseen === 0 || payment.day < day);
}

/** Days between the approval of a payment in kind and the ledger's row for it, either way round. */
const IN_KIND_BEFORE = 7;
const IN_KIND_AFTER = 30;

/** Damage that inspection took back: units out of damaged stock, or into sellable stock from nowhere else. */
export function correctionsOf(moves: readonly DispositionMove[]): readonly Offset[] {
  return moves.flatMap(({ from, to, units }) => {
    const row = from ?? to;
    if (!row || movementOf(row.data) !== 'disposition') return [];
    const corrects = from ? isWarehouseDamaged(from.data) : isSellable(row.data);
    if (!corrects) return [];
    return ledgerOffset(row, {
      kind: 'corrected',
      units,
      covers: ['damaged'],
    });
  });
}

/** Payments, each for its own family of losses. */
export function paymentOffsets(payments: readonly NetPayment[]): readonly Offset[] {
  return payments.flatMap(({ payment, family, day, units }) =>
    units > 0 && (family === 'lost' || family === 'damaged')
      ? [
          {
            kind: 'reimbursed' as const,
            day,
            units,
            reference: payment.data.reimbursementId,
            facility: null,
            fnsku: payment.data.fnsku,
            source: { kind: 'reimbursement', key: payment.key },
            covers: [family],
          },
        ]
      : [],
  );
}

/** Damaged stock that was disposed of. */
export function disposalsOf(rows: readonly LedgerRow[]): readonly Offset[] {
  return taking(rows, 'disposed')
    .filter((row) => isWarehouseDamaged(row.data))
    .flatMap((row) =>
      ledgerOffset(row, {
        kind: 'disposed',
        units: Math.abs(row.data.quantity),
        covers: ['damaged'],
      }),
    );
}

export function inOrder(offsets: readonly Offset[]): readonly Offset[] {
  return [...offsets].sort(
    (a, b) => compareText(a.day, b.day) || compareText(a.source.key, b.source.key),
  );
}

function taking(rows: readonly LedgerRow[], movement: Movement): readonly LedgerRow[] {
  const sign = movement === 'transferred' ? 1 : -1;
  return rows.filter((row) => movementOf(row.data) === movement && row.data.quantity * sign > 0);
}

type Part = Pick<Offset, 'kind' | 'units' | 'covers' | 'reaches'>;

export function ledgerOffset(row: LedgerRow, part: Part): readonly Offset[] {
  if (part.units === 0) return [];
  const { day, referenceId, fulfillmentCenter, fnsku } = row.data;
  return [
    {
      ...part,
      day,
      reference: referenceId,
      facility: fulfillmentCenter === '' ? null : fulfillmentCenter,
      fnsku,
      source: { kind: 'ledger', key: row.key },
    },
  ];
}
