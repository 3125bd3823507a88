import type { EventData, RecordedEvent } from '@recoup/contracts';
import { sumByCurrency, toMinor, type Money } from '@recoup/kernel';
import type { AmazonDecision, ClaimState } from './claim-state.js';
import { awaitsFiling } from './claim-status.js';

/** The steps after filing: what Amazon decided, paid and took back. */
export function evolveOutcome(state: ClaimState, event: RecordedEvent): ClaimState {
  switch (event.type) {
    case 'claim.approved':
      return decided(state, { outcome: 'approved', ...event.data });
    case 'claim.partially_approved':
      return decided(state, { outcome: 'partially_approved', ...event.data });
    case 'claim.denied':
      return decided(state, { outcome: 'denied', ...event.data, amount: null, expectedOn: null });
    case 'claim.paid':
      return { ...state, status: 'paid', payments: [...state.payments, event.data] };
    case 'claim.paid_unasked':
      return paidUnasked(state, event.data);
    case 'claim.unanswered':
      return { ...state, status: 'unanswered' };
    case 'claim.match_conflicted':
      return { ...state, conflicts: [...state.conflicts, event.data.fact] };
    case 'claim.deadline_neared': {
      const { deadline, daysLeft } = event.data;
      return { ...state, noticed: { deadline, daysLeft } };
    }
    case 'claim.reversed': {
      const reversals = [...state.reversals, event.data];
      const next = { ...state, reversals };
      if (event.data.unasked) return next;
      return { ...next, status: isTakenBack(next) ? 'reversed' : 'paid' };
    }
    default:
      return state;
  }
}

/** An unfiled claim of which nothing is left is over. One that was filed waits for Amazon's answer all the same. */
function paidUnasked(state: ClaimState, payment: EventData<'claim.paid_unasked'>): ClaimState {
  const next = { ...state, unasked: [...state.unasked, payment] };
  const over = awaitsFiling(state) ? payment.unitsLeft === 0 : state.status === 'withdrawn';
  return over ? { ...next, status: 'paid_unasked' } : next;
}

function decided(state: ClaimState, decision: AmazonDecision): ClaimState {
  const { outcome, amazonCaseId, source, amount, expectedOn, reason } = decision;
  return {
    ...state,
    status: outcome,
    decision: { outcome, amazonCaseId, source, amount, expectedOn, reason },
  };
}

/** Nothing is left of what was paid. Units that came back in kind, and an amount that was not told, are still there. */
function isTakenBack({ payments, reversals }: ClaimState): boolean {
  if (payments.some(({ amount, unitsInKind }) => amount === null || unitsInKind > 0)) return false;
  const paid = payments.flatMap(({ amount }) => amount ?? []);
  const back = reversals.filter(({ unasked }) => !unasked).map(({ amount }) => minus(amount));
  return sumByCurrency([...paid, ...back]).every((rest) => toMinor(rest) <= 0n);
}

function minus({ amount, currency }: Money): Money {
  return { amount: amount.startsWith('-') ? amount.slice(1) : `-${amount}`, currency };
}
