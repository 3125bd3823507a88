import type { NewEvent, RecordedEvent, ReimbursementFact } from '@recoup/contracts';
import {
  evolveClaim,
  fromCommand,
  recordPayment,
  recordReversal,
  recordUnasked,
  type ClaimState,
} from '@recoup/domain';
import type { Conflict, Match, Payee } from '../domain/outcomes/match.js';
import { matchOutcomes, type Told } from '../domain/outcomes/match-outcomes.js';
import type { PaymentRow } from '../domain/outcomes/payment-row.js';
import { payment } from './rows.js';

const cause = fromCommand('service:testing', new Date('2026-12-01T12:00:00Z'));

/** A row of the report that was first read after the claims were found. */
export function rowOf(key: string, given: Partial<ReimbursementFact> = {}): PaymentRow {
  const cash = given.quantityCash ?? 1;
  const amountTotal = (7.5 * cash).toFixed(2);
  const data = payment({ reimbursementId: key, quantityCash: cash, amountTotal, ...given });
  return { key, data, firstBatch: 2 };
}

/** The claims after all that was told was counted for them, as the service counts it. */
export function counted(payees: readonly Payee[], told: Told): readonly Payee[] {
  const states = new Map(payees.map(({ state }) => [state.claimId, state]));
  for (const match of matchOutcomes(payees, told)) {
    const state = states.get(match.claimId);
    if (!state) continue;
    states.set(
      match.claimId,
      folded(state, match.as === 'conflict' ? [conflictTold(match)] : decide(state, match)),
    );
  }
  return payees.map((payee) => ({
    ...payee,
    state: states.get(payee.state.claimId) ?? payee.state,
  }));
}

function conflictTold({ claimId, fact }: Conflict): object {
  return { type: 'claim.match_conflicted', data: { claimId, fact } };
}

function decide(state: ClaimState, match: Match): readonly NewEvent[] {
  const { as, share: row, reference, day, currency, money, unitsInKind, caseId } = match;
  if (as === 'reversed') {
    const back = { reference, reversedOn: day, reason: null, original: match.original ?? '', row };
    return recordReversal(state, { ...back, amount: money ?? { amount: '0', currency } }, cause);
  }
  const told = { reference, paidOn: day, amount: money, unitsInKind, row };
  if (as === 'unasked') return recordUnasked(state, told, cause);
  return recordPayment(state, { ...told, amazonCaseId: caseId }, cause);
}

export function folded(before: ClaimState, events: readonly object[]): ClaimState {
  return events.reduce<ClaimState>((state, event) => {
    const recorded = { ...event, streamVersion: state.version + 1, position: 1 };
    return evolveClaim(state, recorded as RecordedEvent) ?? state;
  }, before);
}
