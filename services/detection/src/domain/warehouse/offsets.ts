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
    return ledgerOffset(row, { kind, units: units - own, covers: (loss) => loss.kind === 'lost' });
  });
}

/** Units given to the seller, less those that an inventory payment near in time explains: they are that payment. */
export function transfersOf(
  rows: readonly LedgerRow[],
  payments: readonly NetPayment[],
): readonly Offset[] {
  const inKind = payments
    .filter((payment) => payment.inventoryUnits > 0)
    .map((payment) => ({ ...payment, unseen: payment.inventoryUnits }));
  return taking(rows, 'transferred').flatMap((row) => {
    let units = row.data.quantity;
    for (const payment of inKind) {
      if (row.data.day < addDays(payment.day, -IN_KIND_BEFORE)) continue;
      if (row.data.day > addDays(payment.day, IN_KIND_AFTER)) continue;
      const explained = Math.min(units, payment.unseen);
      payment.unseen -= explained;
      units -= explained;
    }
    return ledgerOffset(row, { kind: 'transferred', units, covers: () => true });
  });
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
      covers: (loss) => loss.kind === 'damaged',
    });
  });
}

/** Payments, each for its own family of losses. */
export function paymentOffsets(payments: readonly NetPayment[]): readonly Offset[] {
  return payments
    .filter(({ units, family }) => units > 0 && (family === 'lost' || family === 'damaged'))
    .map(({ payment, family, day, units }) => ({
      kind: 'reimbursed',
      day,
      units,
      reference: payment.data.reimbursementId,
      facility: null,
      source: { kind: 'reimbursement', key: payment.key },
      covers: (loss) => loss.kind === family,
    }));
}

/** Damaged stock that was disposed of. */
export function disposalsOf(rows: readonly LedgerRow[]): readonly Offset[] {
  return taking(rows, 'disposed')
    .filter((row) => isWarehouseDamaged(row.data))
    .flatMap((row) =>
      ledgerOffset(row, {
        kind: 'disposed',
        units: Math.abs(row.data.quantity),
        covers: (loss) => loss.kind === 'damaged',
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

type Part = Pick<Offset, 'kind' | 'units' | 'covers'>;

function ledgerOffset(row: LedgerRow, part: Part): readonly Offset[] {
  if (part.units === 0) return [];
  const { day, referenceId, fulfillmentCenter } = row.data;
  return [
    {
      ...part,
      day,
      reference: referenceId,
      facility: fulfillmentCenter === '' ? null : fulfillmentCenter,
      source: { kind: 'ledger', key: row.key },
    },
  ];
}
