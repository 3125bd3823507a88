import { describe, expect, it } from 'vitest';
import {
  after,
  cause,
  decidedAs,
  denied,
  detected,
  paymentOf,
  seen,
  finding,
  types,
  unasked,
  wayTo,
  type Step,
} from '../test/claim-story.js';
import { notSeen, observe } from './claim-observe.js';
import { recordPayment, recordReversal, recordUnasked, unitsOwed } from './claim-payment.js';

const pays =
  (amount: string, units: number): Step =>
  (state) =>
    state
      ? recordPayment(state, { ...paymentOf(amount, units), amazonCaseId: 'case-1' }, cause)
      : [];
const takesBack =
  (amount: string, units: number): Step =>
  (state) => {
    if (!state) return [];
    const { row } = paymentOf('back', units);
    const money = { amount, currency: 'USD' };
    const told = { reference: 'b', reversedOn: '2026-11-01', amount: money, reason: null, row };
    return recordReversal(state, { ...told, original: 'row-40.00' }, cause);
  };

describe('given a payment that names the case of a filed claim', () => {
  it('when nobody told what Amazon decided, then paying all of it is its yes', () => {
    const state = after(...wayTo.submitted, pays('40.00', 4));
    expect(state).toMatchObject({
      status: 'paid',
      decision: { outcome: 'approved', source: 'reports', amazonCaseId: 'case-1' },
    });
    expect(pays('40.00', 4)(state)).toEqual([]);
    expect(unitsOwed(state)).toBe(0);
  });

  it('when it is for a part of the units, then a part is approved, and a second payment follows', () => {
    const state = after(...wayTo.submitted, pays('10.00', 1));
    expect(state.decision?.outcome).toBe('partially_approved');
    expect(types(pays('20.00', 2)(state))).toEqual(['claim.paid']);
    expect(unitsOwed(after(...wayTo.submitted, pays('10.00', 1), pays('20.00', 2)))).toBe(1);
  });

  it('when Amazon had said no, or nothing for long, then the payment is the better word', () => {
    expect(after(...wayTo.submitted, decidedAs(denied), pays('40.00', 4)).status).toBe('paid');
    expect(after(...wayTo.unanswered, pays('40.00', 4)).status).toBe('paid');
  });

  it('when it is taken back, then the claim is reversed, once', () => {
    const state = after(...wayTo.submitted, pays('40.00', 4), takesBack('40.00', 4));
    expect(state.status).toBe('reversed');
    expect(takesBack('40.00', 4)(state)).toEqual([]);
  });
});

describe('given a payment that nobody asked for', () => {
  it('when it is for all units of a claim that nobody filed, then that ends it', () => {
    const state = after(detected, unasked('40.00', 4));
    expect(state.status).toBe('paid_unasked');
    expect(notSeen(state, 'settled', seen('d2'))).toEqual([]);
  });

  it('when a detection takes the claim back first, then it ends the same', () => {
    const withdrawn: Step = (state) => (state ? notSeen(state, 'settled', seen('d2')) : []);
    const first = after(detected, withdrawn, unasked('40.00', 4));
    const last = after(detected, unasked('20.00', 2), withdrawn);
    expect([first.status, last.status]).toEqual(['paid_unasked', 'paid_unasked']);
  });

  it('when it is for some units, then the rest stays open, also where a detection has netted them', () => {
    const some = after(detected, unasked('20.00', 2));
    expect([some.status, unitsOwed(some)]).toEqual(['detected', 2]);
    const line = { ...finding.allocation[0], kind: 'reimbursed', reference: 'row-20.00' };
    const rest = { ...finding, quantity: 2, allocation: [...finding.allocation, line] };
    const netted: Step = (state) => observe(state, rest as typeof finding, seen('d2'));
    expect(unitsOwed(after(detected, unasked('20.00', 2), netted))).toBe(2);
    expect(unitsOwed(after(detected, netted, unasked('20.00', 2)))).toBe(2);
  });

  it('when the claim is filed already, then it waits for its answer, and the money counts apart', () => {
    const state = after(...wayTo.submitted, unasked('40.00', 4));
    expect(state.status).toBe('submitted');
    expect(state.unasked).toHaveLength(1);
    expect(recordUnasked(state, paymentOf('40.00', 4), cause)).toEqual([]);
  });

  it('when it is taken back, then it is no payment of the claim that is reversed', () => {
    const state = after(detected, unasked('40.00', 4), takesBack('40.00', 4));
    expect(state.status).toBe('paid_unasked');
    expect(state.reversals).toMatchObject([{ unasked: true }]);
  });
});
