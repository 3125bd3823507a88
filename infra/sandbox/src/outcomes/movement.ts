import { decimal } from '../world/amount.js';
import { DAY_MS } from '../world/calendar.js';
import type { Reimbursement } from '../world/reimbursement.js';

/** One movement of money or units, as the desk's books have it. */
export interface Movement {
  readonly id: string;
  /** ISO 8601, UTC: the report has the row from this instant on. */
  readonly at: string;
  readonly day: string;
  readonly units: number;
  readonly inKind: number;
  /** `reversed` takes back what `original` names, be it paid for a case or unasked. */
  readonly kind: 'paid' | 'unasked' | 'reversed';
  /** Never negative. */
  readonly amount: { readonly amount: string; readonly currency: string };
  readonly original: string | null;
}

/** What of planned rows has happened before an instant. */
export function movementsOf(rows: readonly Reimbursement[], nowMs: number): readonly Movement[] {
  return rows.filter(({ ms }) => ms < nowMs).map(movementOf);
}

function movementOf(row: Reimbursement): Movement {
  const { ms, id, perUnitCents, cash, inventory, originalId, product } = row;
  const { currency } = product.marketplace;
  return {
    ...{ id, at: new Date(ms).toISOString(), day: dayOf(ms) },
    ...{ units: Math.abs(cash + inventory), inKind: Math.abs(inventory) },
    kind: kindOf(row),
    amount: { amount: decimal(Math.abs(perUnitCents * cash)), currency },
    original: originalId,
  };
}

function kindOf({ originalId, caseId }: Reimbursement): Movement['kind'] {
  if (originalId !== null) return 'reversed';
  return caseId === null ? 'unasked' : 'paid';
}

/** The day (UTC) of an instant. */
export function dayOf(ms: number): string {
  return new Date(Math.floor(ms / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
}
