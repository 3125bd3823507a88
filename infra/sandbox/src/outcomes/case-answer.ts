import { DAY_MS } from '../world/calendar.js';
import { decimal } from '../world/amount.js';
import type { WorkedCase } from './casework.js';

/** What the desk tells of a case at an instant. */
export interface CaseAnswer {
  readonly status: 'open' | 'approved' | 'partially_approved' | 'denied';
  readonly amount?: { readonly amount: string; readonly currency: string } | null;
  /** The day on which the first payment is made. */
  readonly expectedOn?: string | null;
  readonly reason?: string | null;
}

const WHY = {
  not_owed: 'Our records show no units of this product that are owed to you.',
  settled_unasked: 'These units have already been reimbursed.',
  too_late: 'The information that we asked for did not reach us in time.',
  decided_before: 'We have decided on these units before.',
  not_convinced: 'The information you gave does not show that these units are owed to you.',
} as const;

export function answerAt({ plan, filed, facts, currency }: WorkedCase, nowMs: number): CaseAnswer {
  const { answeredMs, decision, payments } = plan;
  if (answeredMs === null || answeredMs > nowMs) return { status: 'open' };
  if (!decision.approved) return { status: 'denied', reason: WHY[decision.why] };
  const units = Number(filed.request['quantity']);
  const paid = facts.reimbursements.filter(({ originalId }) => originalId === null);
  const cents = paid.reduce((sum, { perUnitCents, cash }) => sum + perUnitCents * cash, 0);
  const [first] = payments;
  return {
    status: decision.units < units ? 'partially_approved' : 'approved',
    // Of units that are given back in kind no money is told.
    amount: cents === 0 ? null : { amount: decimal(cents), currency },
    expectedOn: first ? dayOf(first.ms) : null,
    reason: null,
  };
}

export interface CaseBook extends CaseAnswer {
  readonly caseId: string;
  readonly claimId: string;
  readonly createdAt: string;
  readonly movements: readonly {
    readonly id: string;
    readonly day: string;
    readonly units: number;
    readonly inKind: number;
    readonly kind: 'paid' | 'unasked' | 'reversed';
    readonly amount: { readonly amount: string; readonly currency: string };
    readonly original: string | null;
  }[];
}

/** The desk's own books of a case at an instant: what it answered, and every movement of money and units. */
export function bookOf(worked: WorkedCase, nowMs: number): CaseBook {
  const { filed, facts, currency } = worked;
  const movements = facts.reimbursements
    .filter(({ ms }) => ms <= nowMs)
    .map(({ ms, id, caseId, perUnitCents, cash, inventory, originalId }) => ({
      ...{ id, day: dayOf(ms), units: Math.abs(cash + inventory), inKind: Math.abs(inventory) },
      kind: kindOf(originalId, caseId),
      amount: { amount: decimal(Math.abs(perUnitCents * cash)), currency },
      original: originalId,
    }));
  const { caseId, createdAt } = filed;
  const claimId = String(filed.request['claimId']);
  return { caseId, claimId, createdAt, ...answerAt(worked, nowMs), movements };
}

function kindOf(
  originalId: string | null,
  caseId: string | null,
): CaseBook['movements'][number]['kind'] {
  if (originalId !== null) return 'reversed';
  return caseId === null ? 'unasked' : 'paid';
}

function dayOf(ms: number): string {
  return new Date(Math.floor(ms / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
}
