import type { EventData, NewEvent, PaidRow } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import type { AmazonDecision, ClaimState } from './claim-state.js';
import { awaitsFiling } from './claim-status.js';
import { recordOutcome } from './claim-outcome.js';
import { isRejection } from './rejection.js';

/** What a report says was paid for a claim: so many units of one row, in money or in kind. */
export type Payment = Omit<EventData<'claim.paid'>, 'claimId' | 'row'> & { readonly row: PaidRow };

export interface CasePayment extends Payment {
  /** The case that the row names; null where it names none. */
  readonly amazonCaseId: string | null;
}

/**
 * Records a payment for a claim that was filed. Where nobody told what Amazon decided, paying is how it says so: all of it
 * when every unit is paid, else a part. The same units of the same row again make the same events.
 */
export function recordPayment(
  state: ClaimState,
  { amazonCaseId, ...payment }: CasePayment,
  cause: Cause,
): readonly NewEvent[] {
  if (isRecorded(state, payment.row)) return [];
  const { claimId } = state;
  const { row, ...told } = payment;
  const paid = eventOf(
    'claim.paid',
    { claimId, ...told, row },
    { cause, once: onceOf(claimId, row) },
  );
  return [...impliedDecision(state, { amazonCaseId, payment, cause }), paid];
}

interface Implied {
  readonly amazonCaseId: string | null;
  readonly payment: Payment;
  readonly cause: Cause;
}

function impliedDecision(
  state: ClaimState,
  { amazonCaseId, payment, cause }: Implied,
): readonly NewEvent[] {
  if (state.decision !== null && state.decision.outcome !== 'denied') return [];
  const whole = payment.row.units >= state.assessment.quantity;
  const decision: AmazonDecision = {
    outcome: whole ? 'approved' : 'partially_approved',
    amazonCaseId,
    source: 'reports',
    // What is still to come of a part is not told; of all of it, the payment itself tells.
    amount: whole && payment.unitsInKind === 0 ? payment.amount : null,
    expectedOn: payment.paidOn,
    reason: null,
  };
  const events = recordOutcome(state, decision, cause);
  return isRejection(events) ? [] : events;
}

/** Records what Amazon paid by itself for units of a claim, whether it was filed or not: it counts apart. */
export function recordUnasked(
  state: ClaimState,
  payment: Payment,
  cause: Cause,
): readonly NewEvent[] {
  const { row } = payment;
  if (isRecorded(state, row)) return [];
  const { claimId } = state;
  const unitsLeft = Math.max(0, unitsOwed(state) - (isNetted(state, payment) ? 0 : row.units));
  const data = { claimId, ...payment, unitsLeft };
  return [eventOf('claim.paid_unasked', data, { cause, once: onceOf(claimId, row) })];
}

/** Units for which nothing was paid yet, neither on request nor unasked. */
export function unitsOwed(state: ClaimState): number {
  const { assessment, payments, unasked } = state;
  const open = unasked.filter((payment) => !isNetted(state, payment));
  const paid = [...payments, ...open].reduce((sum, { row }) => sum + (row?.units ?? 0), 0);
  return Math.max(0, assessment.quantity - paid);
}

/** A detection has taken the payment off the claim already. */
function isNetted(
  { assessment }: ClaimState,
  { reference }: { readonly reference: string },
): boolean {
  return assessment.allocation.some(
    (line) => line.kind === 'reimbursed' && line.reference === reference,
  );
}

export type Reversal = Omit<EventData<'claim.reversed'>, 'claimId' | 'row' | 'unasked'> & {
  readonly original: string;
  readonly row: PaidRow;
};

/** Records that Amazon took a payment of this claim back: from what it had paid unasked, where that is what it names. */
export function recordReversal(
  state: ClaimState,
  reversal: Reversal,
  cause: Cause,
): readonly NewEvent[] {
  const { claimId, reversals, payments, unasked } = state;
  if (reversals.some(({ row }) => isSameRow(row, reversal.row))) return [];
  const ofUnasked =
    unasked.some(({ reference }) => reference === reversal.original) &&
    !payments.some(({ reference }) => reference === reversal.original);
  const data = { claimId, ...reversal, ...(ofUnasked && { unasked: true }) };
  return [eventOf('claim.reversed', data, { cause, once: onceOf(claimId, reversal.row) })];
}

/** Whether a claim is still one that nobody has filed, so that what is paid for it was not asked for. */
export function isUnfiled(state: ClaimState): boolean {
  return awaitsFiling(state) || UNFILED_ENDS.has(state.status);
}

const UNFILED_ENDS: ReadonlySet<ClaimState['status']> = new Set([
  'withdrawn',
  'expired',
  'dismissed',
  'paid_unasked',
]);

function isRecorded({ payments, unasked }: ClaimState, row: PaidRow): boolean {
  return [...payments, ...unasked].some((one) => isSameRow(one.row, row));
}

function isSameRow(one: PaidRow | undefined, { fact, from }: PaidRow): boolean {
  return one?.fact === fact && one.from === from;
}

function onceOf(claimId: string, { fact, from }: PaidRow): readonly string[] {
  return [claimId, fact, String(from)];
}
