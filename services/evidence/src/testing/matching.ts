import type { NewEvent, RecordedEvent, ReimbursementFact } from '@recoup/contracts';
import {
  evolveClaim,
  fromCommand,
  recordPayment,
  recordReversal,
  recordUnasked,
  type ClaimState,
} from '@recoup/domain';
import { matchPayments, type Match, type Payee } from '../domain/outcomes/match-payments.js';
import { dayOf, inKindOf, moneyOf, type PaymentRow } from '../domain/outcomes/payment-row.js';
import { payment } from './rows.js';

const cause = fromCommand('service:testing', new Date('2026-12-01T12:00:00Z'));

/** A row of the report that was first read after the claims were found. */
export function rowOf(key: string, given: Partial<ReimbursementFact> = {}): PaymentRow {
  const cash = given.quantityCash ?? 1;
  const amountTotal = (7.5 * cash).toFixed(2);
  const data = payment({ reimbursementId: key, quantityCash: cash, amountTotal, ...given });
  return { key, data, firstBatch: 2 };
}

/** The claims after the rows were counted for them, as the service counts them. */
export function counted(payees: readonly Payee[], rows: readonly PaymentRow[]): readonly Payee[] {
  const states = new Map(payees.map(({ state }) => [state.claimId, state]));
  for (const match of matchPayments(payees, rows)) {
    const state = states.get(match.claimId);
    if (!state || match.as === 'conflict') continue;
    states.set(match.claimId, folded(state, decide(state, match)));
  }
  return payees.map((payee) => ({
    ...payee,
    state: states.get(payee.state.claimId) ?? payee.state,
  }));
}

function decide(state: ClaimState, { as, row, share }: Match): readonly NewEvent[] {
  const reference = row.data.reimbursementId;
  const amount = moneyOf(row, share);
  if (as === 'reversed') {
    const original = row.data.originalReimbursementId ?? '';
    const back = { reference, reversedOn: dayOf(row), reason: null, original, row: share };
    return recordReversal(
      state,
      { ...back, amount: amount ?? { amount: '0', currency: 'USD' } },
      cause,
    );
  }
  const told = { reference, paidOn: dayOf(row), amount, unitsInKind: inKindOf(row, share) };
  if (as === 'unasked') return recordUnasked(state, { ...told, row: share }, cause);
  return recordPayment(state, { ...told, row: share, amazonCaseId: row.data.caseId }, cause);
}

export function folded(before: ClaimState, events: readonly object[]): ClaimState {
  return events.reduce<ClaimState>((state, event) => {
    const recorded = { ...event, streamVersion: state.version + 1, position: 1 };
    return evolveClaim(state, recorded as RecordedEvent) ?? state;
  }, before);
}
