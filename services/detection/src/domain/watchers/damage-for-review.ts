import { marketplaceOfCountry } from '@recoup/domain';
import { compareText, distinct, type LedgerRow } from '../facts.js';
import { note, unitsText } from '../note.js';
import { linesOf, setOff, type Settling } from '../payments/set-off.js';
import { sparePayments, type SparePayment } from '../payments/spare-payments.js';
import type { ProductKey } from '../product-key.js';
import type { ProductWatcher } from '../watcher.js';
import { dispositionMoves } from '../warehouse/disposition-moves.js';
import { isSellable, isWarehouseDamaged, movementOf } from '../warehouse/ledger-codes.js';

/** What the codes of damage say that are not Amazon's own (E), as Seller Central's "Inventory Ledger" help lists them. */
const BY_CODE: Readonly<Record<string, string>> = {
  '6': 'damaged by a carrier',
  '7': 'expired',
  H: 'damaged by a customer',
  K: 'defective',
  U: 'damaged by the distributor',
};

/**
 * Units that Amazon took out of stock as damaged by somebody else. Who it was is Amazon's word alone, so that they are shown
 * and not claimed. Set off, each unit once: what inspection put back, and payments for damage that no damage of Amazon's
 * own was paid with.
 */
export const damageForReview: ProductWatcher = {
  kind: 'damage_for_review',
  of: 'product',
  needs: ['ledger', 'reimbursements'],
  cleared: 'The units were put back into stock or paid for, or their window closed.',
  watch(key, context) {
    const rows = distinct(key.facts.ledger).filter(isOpenDamage);
    if (rows.length === 0) return [];
    const missing = rows.map(({ key: id, data: { day: from } }, at) => ({
      ...{ key: id, id, from },
      units: openUnits(rows[at]),
    }));
    const settled = setOff(missing, settlingsOf(key));
    return rows.flatMap((row) => {
      const { left, uses } = settled.get(row.key) ?? { left: 0, uses: [] };
      const marketplace = marketplaceOfCountry(row.data.country);
      if (left === 0 || !marketplace) return [];
      const { fnsku, sku, asin, title: productName, day, referenceId: reference } = row.data;
      const facility = row.data.fulfillmentCenter || null;
      const code = codeOf(row);
      const quantity = -row.data.quantity;
      const sight = {
        ...{ kind: 'damage_for_review' as const, marketplace, anchor: [row.key] },
        subject: { fnsku, sku, asin, productName, facility },
        ...{ since: day, quantity: left, statedByAmazon: row.data.unreconciledQuantity !== null },
        reason: `Amazon took ${unitsText(left)} out of stock on ${day} as ${BY_CODE[code] ?? 'damaged'} (code ${code}) and paid nothing for ${left === 1 ? 'it' : 'them'}.`,
        nextStep:
          'Look at the units, by a removal if need be. If they were damaged in Amazon’s hands, open a case with photos.',
        lines: [
          { kind: 'damaged' as const, day, quantity, reference, facility },
          ...linesOf({ left, uses }),
        ],
        sources: [{ kind: 'ledger', key: row.key }, ...uses.map(({ source }) => source)],
      };
      return note(sight, context);
    });
  },
};

function isOpenDamage(row: LedgerRow): boolean {
  return movementOf(row.data) === 'damaged_otherwise' && openUnits(row) > 0;
}

/** Units of a row that Amazon does not call reconciled. */
function openUnits(row: LedgerRow | undefined): number {
  if (!row) return 0;
  const units = Math.max(0, -row.data.quantity);
  const stated = row.data.unreconciledQuantity;
  return stated === null ? units : Math.min(units, Math.abs(stated));
}

function codeOf({ data }: LedgerRow): string {
  return data.reason.trim().toUpperCase();
}

function settlingsOf(key: ProductKey): readonly Settling[] {
  const rows = [...distinct(key.facts.ledger)].sort(
    (a, b) => compareText(a.data.day, b.data.day) || compareText(a.key, b.key),
  );
  const putBack = dispositionMoves(rows).flatMap(({ from, to, units }): Settling[] => {
    const back = from && to && movementOf(from.data) === 'disposition' && isSellable(to.data);
    if (!back || isWarehouseDamaged(from.data)) return [];
    const { day, referenceId: reference } = from.data;
    const source = { kind: 'ledger', key: from.key };
    return [{ kind: 'corrected', day, units, reference, source, names: null }];
  });
  return [...putBack, ...sparePayments(key, 'damaged').map(asSettling)];
}

function asSettling({ net: { payment, day }, units }: SparePayment): Settling {
  return {
    ...{ kind: 'reimbursed', day, units, names: null },
    reference: payment.data.reimbursementId,
    source: { kind: 'reimbursement', key: payment.key },
  };
}
