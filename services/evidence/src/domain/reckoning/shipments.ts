import { differs, linesOf, ofKind, sum, unitsIn, type Look, type Told } from './look.js';
import { setOffBy } from './set-off-lines.js';

/** Shipped, less received, less what was set off. What is received is what the shipment or the ledger says, whichever is more. */
export function shortInShipment(look: Look): Told {
  const { shipmentId, fnsku } = look.claim.subject;
  const items = ofKind(look.cited, 'inboundItem').filter(
    (item) => item.shipmentId === shipmentId && item.fnsku === fnsku,
  );
  const booked = ofKind(look.cited, 'ledger').filter(
    (row) => row.referenceId === shipmentId && row.fnsku === fnsku,
  );
  const shipped = all(items.map(({ quantityShipped }) => quantityShipped));
  const stated = all(items.map(({ quantityReceived }) => quantityReceived));
  const received =
    stated === null ? null : Math.max(stated, sum(booked.map(({ quantity }) => quantity)));
  const off = setOffBy(look, linesOf(look, 'corrected', 'reimbursed'));
  return {
    units: shipped === null || received === null ? null : shipped - received - off.units,
    doubts: [
      ...differs('Units shipped', shipped, unitsIn(linesOf(look, 'shipped'))),
      ...differs('Units received', received, unitsIn(linesOf(look, 'received'))),
      ...off.doubts,
    ],
  };
}

/** Units received as damaged by the carrier or by Amazon, less what was set off. */
export function damagedInShipment(look: Look): Told {
  const { shipmentId, fnsku } = look.claim.subject;
  const rows = ofKind(look.cited, 'ledger').filter(
    (row) => row.referenceId === shipmentId && row.fnsku === fnsku && isDamage(row.disposition),
  );
  const damaged = rows.length === 0 ? null : sum(rows.map(({ quantity }) => quantity));
  const off = setOffBy(look, linesOf(look, 'reimbursed'));
  return {
    units: damaged === null ? null : damaged - off.units,
    doubts: [
      ...differs('Units received damaged', damaged, unitsIn(linesOf(look, 'damaged'))),
      ...off.doubts,
    ],
  };
}

function isDamage(disposition: string): boolean {
  const word = disposition.trim().toUpperCase();
  return /^(WAREHOUSE|CARRIER)_DAMAGED$/.test(word.replaceAll(/[^A-Z]+/g, '_'));
}

/** A sum of which every part is told; null of nothing as well. */
export function all(parts: readonly (number | null)[]): number | null {
  if (parts.length === 0 || parts.includes(null)) return null;
  return sum(parts.map((part) => part ?? 0));
}
