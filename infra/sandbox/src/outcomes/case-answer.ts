import { z } from 'zod';
import { decimal } from '../world/amount.js';
import type { WorkedCase } from './casework.js';
import { dayOf, movementsOf, type Movement } from './movement.js';

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
  /** What the case asks for; null where it names no sum. */
  readonly asked: { readonly amount: string; readonly currency: string } | null;
  readonly movements: readonly Movement[];
}

/** The desk's own books of a case at an instant: what it answered, and every movement of money and units. */
export function bookOf(worked: WorkedCase, nowMs: number): CaseBook {
  const { filed, facts } = worked;
  const { caseId, createdAt } = filed;
  const { claimId, amount: asked = null } = askedSchema.parse(filed.request);
  const movements = movementsOf(facts.reimbursements, nowMs);
  return { caseId, claimId, createdAt, asked, ...answerAt(worked, nowMs), movements };
}

const askedSchema = z.object({
  claimId: z.string(),
  amount: z.object({ amount: z.string(), currency: z.string() }).nullish(),
});
