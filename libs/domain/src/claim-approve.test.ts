import { describe, expect, it } from 'vitest';
import {
  after,
  approved,
  cause,
  detected,
  everyStatus,
  finding,
  offer,
  inReview,
  seen,
  tooDear,
  types,
  validated,
  valueApproved,
  wayTo,
  type Step,
} from '../test/claim-story.js';
import { actionsOf } from './claim-actions.js';
import { approveFiling, isApproved } from './claim-approve.js';
import { observe } from './claim-observe.js';
import { route } from './claim-route.js';

const waiting: readonly Step[] = [detected, validated, tooDear];
const worth =
  (amount: string, quantity = finding.quantity): Step =>
  (state) => {
    const total = { amount, currency: 'USD' };
    return observe(
      state,
      { ...finding, quantity, value: { ...finding.value, total } },
      seen(`d-${amount}-${quantity}`),
    );
  };

describe('given a claim that is worth more than the limit', () => {
  it('when a person approves it, then what was approved is on the claim, and it still waits', () => {
    const state = after(...waiting, valueApproved);
    expect(state).toMatchObject({
      status: 'manual',
      approval: { quantity: 4, amount: { amount: '40.00', currency: 'USD' } },
    });
    expect(actionsOf(after(...waiting), offer)).toContain('approve');
    expect(actionsOf(state, offer)).not.toContain('approve');
    expect(approveFiling(state, cause)).toEqual([]);
  });

  it('when it is routed again, then the approval stands', () => {
    expect(isApproved(after(...waiting, valueApproved, approved))).toBe(true);
  });

  it.each([
    ['falls', '39.99', 4, true],
    ['rises', '40.01', 4, false],
    ['is of other units', '30.00', 3, false],
  ])(
    'when its value %s, then the approval counts accordingly',
    (...[, amount, quantity, counts]) => {
      const state = after(...waiting, valueApproved, worth(amount, quantity));
      expect(isApproved(state)).toBe(counts);
    },
  );

  it('when other reasons keep it, then approving is not what it waits for', () => {
    expect(types(approveFiling(after(detected, validated, inReview), cause))).toBe(
      'approval_not_needed',
    );
    const again: Step = (state) => route(state, { kind: 'manual', reasons: ['late'] }, cause);
    expect(types(approveFiling(after(...waiting, again), cause))).toBe('approval_not_needed');
  });

  it.each(everyStatus)('when a claim without such a reason is %s, then it is refused', (status) => {
    expect(types(approveFiling(after(...wayTo[status]), cause))).toBeTypeOf('string');
  });

  it('when there is none, then it is refused', () => {
    expect(types(approveFiling(null, cause))).toBe('claim_not_found');
  });
});
