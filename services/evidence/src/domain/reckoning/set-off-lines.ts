import type { AllocationLine } from '@recoup/contracts';
import { ofKind, sum, unitsIn, type Look } from './look.js';

type Line = AllocationLine;

/** Units that a record holds for what a line says was set off; at least so many must stand in it. */
const recorded: Readonly<Partial<Record<Line['kind'], (line: Line, look: Look) => number>>> = {
  found: booked,
  corrected,
  transferred: booked,
  moved_in: booked,
  redefined: booked,
  lost: booked,
  disposed: booked,
  reimbursed,
  returned,
  requested,
};

export interface SetOff {
  readonly units: number;
  readonly doubts: readonly string[];
}

/** What was set off against the units of a claim, each line beside the records that it names. */
export function setOffBy(look: Look, lines: readonly Line[]): SetOff {
  return {
    units: unitsIn(lines),
    doubts: lines.flatMap((line) => {
      const stands = recorded[line.kind]?.(line, look) ?? 0;
      if (stands >= line.quantity) return [];
      const { kind, quantity, day, reference } = line;
      return [
        `Amazon's records hold ${stands} units ${kind} under ${reference}, the calculation sets off ${quantity} of ${day}`,
      ];
    }),
  };
}

function booked({ day, reference }: Line, { cited }: Look): number {
  const rows = ofKind(cited, 'ledger').filter(
    (row) => row.day === day && row.referenceId === reference,
  );
  return sum(rows.map(({ quantity }) => Math.abs(quantity)));
}

/** A row that corrects, what a shipment got beyond what was sent in it, or what Amazon states as reconciled. */
function corrected(line: Line, look: Look): number {
  const { cited, claim } = look;
  const shipped = ofKind(cited, 'inboundItem').some(
    ({ shipmentId }) => shipmentId === line.reference,
  );
  const own = booked(line, look);
  if (own > 0) return own;
  if (shipped) return line.quantity;
  if (line.reference !== 'reconciled by Amazon') return 0;
  const rows = ofKind(cited, 'ledger').filter(
    ({ day, quantity }) => day === line.day && quantity < 0,
  );
  const opening = claim.assessment.allocation[0]?.quantity ?? 0;
  const stated = rows.map(({ unreconciledQuantity: open }) =>
    open === null ? 0 : opening - Math.abs(open),
  );
  return Math.max(0, ...stated);
}

/** Of all rows of one reimbursement, whatever their sign: one that was taken back says so in a row of its own. */
function reimbursed({ reference }: Line, { cited }: Look): number {
  const rows = ofKind(cited, 'reimbursement').filter(
    ({ reimbursementId }) => reimbursementId === reference,
  );
  return sum(rows.map(unitsPaid));
}

/** Units that a row of the reimbursement report is for, in cash or in kind, whatever its sign. */
export function unitsPaid(row: {
  readonly quantityCash: number;
  readonly quantityInventory: number;
  readonly quantityTotal: number;
}): number {
  const parts = Math.abs(row.quantityCash) + Math.abs(row.quantityInventory);
  return parts > 0 ? parts : Math.abs(row.quantityTotal);
}

function returned({ reference }: Line, { cited }: Look): number {
  const rows = ofKind(cited, 'customerReturn').filter(
    ({ licensePlateNumber, orderId }) => (licensePlateNumber ?? orderId) === reference,
  );
  return sum(rows.map(({ quantity }) => quantity));
}

function requested({ reference }: Line, { cited }: Look): number {
  const rows = ofKind(cited, 'removalOrder').filter(({ orderId }) => orderId === reference);
  return sum(rows.map((row) => Math.max(0, row.requestedQuantity - (row.cancelledQuantity ?? 0))));
}

/** All lines but the first, which says what opened the claim. */
export function afterFirst({ claim }: Look): readonly Line[] {
  return claim.assessment.allocation.slice(1);
}
