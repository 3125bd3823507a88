import type { AllocationLine, LedgerFact } from '@recoup/contracts';
import { differs, ofKind, sum, type Look, type Told } from './look.js';
import { afterFirst, setOffBy } from './set-off-lines.js';

/** Units that left stock by one row of the ledger, less what the records set off against them. */
export function lostFromStock(look: Look): Told {
  return leftOf(look, (line) => {
    const row = openingRow(line, look);
    return row === null ? null : -row.quantity;
  });
}

/** Of a damage only what reached damaged stock counts: the smaller of both halves, and no more than it began with. */
export function damagedInStock(look: Look): Told {
  return leftOf(look, (line) => {
    const row = openingRow(line, look);
    const arrived = ofKind(look.cited, 'ledger').filter(
      ({ quantity, disposition }) => quantity > 0 && isWarehouseDamaged(disposition),
    );
    if (row === null) return null;
    return Math.min(-row.quantity, sum(arrived.map(({ quantity }) => quantity)), line.quantity);
  });
}

function leftOf(look: Look, opened: (line: AllocationLine) => number | null): Told {
  const [first] = look.claim.assessment.allocation;
  if (!first) return { units: null, doubts: [] };
  const units = opened(first);
  const off = setOffBy(look, afterFirst(look));
  return {
    units: units === null ? null : units - off.units,
    doubts: [
      ...differs(`Units ${first.kind.replace('_', ' ')}`, units, first.quantity),
      ...off.doubts,
    ],
  };
}

/** The row that the first line of the calculation names; rows that are alike in all of it are alike in their units. */
function openingRow(
  { day, reference, facility, quantity }: AllocationLine,
  { cited, claim }: Look,
): LedgerFact | null {
  const rows = ofKind(cited, 'ledger').filter(
    (row) =>
      row.quantity < 0 &&
      row.day === day &&
      row.referenceId === reference &&
      row.fnsku === claim.subject.fnsku &&
      (facility === null || row.fulfillmentCenter === facility),
  );
  return rows.find((row) => -row.quantity === quantity) ?? rows[0] ?? null;
}

function isWarehouseDamaged(disposition: string): boolean {
  const word = disposition.trim().toUpperCase();
  return word.replaceAll(/[^A-Z]+/g, '_') === 'WAREHOUSE_DAMAGED';
}
