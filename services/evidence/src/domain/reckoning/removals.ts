import { differs, linesOf, ofKind, sum, unitsIn, type Look, type Told } from './look.js';
import { all } from './shipments.js';
import { setOffBy } from './set-off-lines.js';

/** Asked for, less cancelled, disposed of, shipped and in process; no more than left stock for it; less what was paid. */
export function missingOfRemoval(look: Look): Told {
  const { removalOrderId } = look.claim.subject;
  const rows = ofKind(look.cited, 'removalOrder').filter(
    ({ orderId }) => orderId === removalOrderId,
  );
  const requested = all(rows.map((row) => row.requestedQuantity));
  const [shipped, disposed] = [
    all(rows.map((row) => row.shippedQuantity)),
    all(rows.map((row) => row.disposedQuantity)),
  ];
  const other = all(rows.flatMap((row) => [row.cancelledQuantity, row.inProcessQuantity]));
  const off = setOffBy(look, linesOf(look, 'reimbursed'));
  const doubts = [
    ...differs('Units requested', requested, unitsIn(linesOf(look, 'requested'))),
    ...differs('Units shipped', shipped, unitsIn(linesOf(look, 'shipped'))),
    ...differs('Units disposed of', disposed, unitsIn(linesOf(look, 'disposed'))),
    ...off.doubts,
  ];
  if (requested === null || shipped === null || disposed === null || other === null) {
    return { units: null, doubts };
  }
  const gone = requested - shipped - disposed - other;
  const left = leftStock(look);
  const missing = left === null ? gone : Math.min(gone, left - shipped - disposed);
  const accounted = requested - shipped - disposed - missing;
  return {
    units: missing - off.units,
    doubts: [
      ...differs('Units cancelled', accounted, unitsIn(linesOf(look, 'cancelled'))),
      ...doubts,
    ],
  };
}

/** Units that left stock under the order's number; null where no row names it. */
function leftStock({ claim, cited }: Look): number | null {
  const rows = ofKind(cited, 'ledger').filter(
    ({ referenceId }) => referenceId === claim.subject.removalOrderId,
  );
  return rows.length === 0 ? null : -sum(rows.map(({ quantity }) => quantity));
}

/** What a person says came damaged: no more than the parcels held; less what was paid. */
export function damagedOfRemoval(look: Look): Told {
  const { removalOrderId } = look.claim.subject;
  const parcels = ofKind(look.cited, 'removalShipment').filter(
    ({ orderId }) => orderId === removalOrderId,
  );
  const held = sum(parcels.map(({ quantity }) => quantity));
  const said = unitsIn(linesOf(look, 'asserted'));
  const off = setOffBy(look, linesOf(look, 'reimbursed'));
  const doubts = said > held ? differs('Units in the parcels', held, said) : [];
  return { units: Math.min(said, held) - off.units, doubts: [...doubts, ...off.doubts] };
}
