import { describe, expect, it } from 'vitest';
import {
  after,
  agreed,
  cause,
  decidedAs,
  denied,
  everyStatus,
  paid,
  partly,
  reversed,
  types,
  wayTo,
} from '../test/claim-story.js';
import { recordOutcome } from './claim-outcome.js';
import type { AmazonDecision } from './claim-state.js';
import type { ClaimStatus } from './claim-status.js';

const told = (status: ClaimStatus, decision: AmazonDecision) =>
  types(recordOutcome(after(...wayTo[status]), decision, cause));

/** What is answered without a case, and with one that nobody knew before. */
const answers: Readonly<Record<ClaimStatus, readonly [string | string[], string | string[]]>> = {
  detected: ['not_filed', ['claim.approved']],
  validated: ['not_filed', ['claim.approved']],
  auto_approved: ['not_filed', ['claim.approved']],
  prompted: ['not_filed', ['claim.approved']],
  manual: ['not_filed', ['claim.approved']],
  expired: ['not_filed', ['claim.approved']],
  queued_for_filing: [['claim.approved'], ['claim.approved']],
  submitted: [['claim.approved'], 'other_case'],
  authorized: ['being_filed', 'being_filed'],
  submission_requested: ['being_filed', 'being_filed'],
  unconfirmed: ['being_filed', 'being_filed'],
  handed_over: ['not_filed', ['claim.approved']],
  approved: [[], 'already_decided'],
  partially_approved: [['claim.approved'], 'other_case'],
  denied: [['claim.approved'], 'other_case'],
  unanswered: [['claim.approved'], 'other_case'],
  paid_unasked: ['not_filed', ['claim.approved']],
  paid: ['claim_over', 'claim_over'],
  reversed: ['claim_over', 'claim_over'],
  dismissed: ['claim_over', 'claim_over'],
  withdrawn: ['claim_over', 'claim_over'],
};

describe('given a person who knows what Amazon decided', () => {
  it.each(everyStatus)('when the claim is %s, then that decides', (status) => {
    const [without, withCase] = answers[status];
    expect(told(status, agreed)).toEqual(without);
    expect(told(status, { ...agreed, amazonCaseId: '15900' })).toEqual(withCase);
  });

  it('when there is no claim, then it is refused', () => {
    expect(types(recordOutcome(null, agreed, cause))).toBe('claim_not_found');
  });

  it('then the case that is known is kept with it, and the same again is no news', () => {
    const state = after(...wayTo.submitted, decidedAs(agreed));
    expect(state).toMatchObject({
      status: 'approved',
      decision: { ...agreed, amazonCaseId: 'case-1' },
    });
    expect(recordOutcome(state, { ...agreed, amazonCaseId: 'case-1' }, cause)).toEqual([]);
  });

  it.each([
    { first: denied, better: [partly, agreed], worse: [denied] },
    { first: partly, better: [agreed], worse: [denied] },
    { first: agreed, better: [], worse: [denied, partly] },
  ])('when it is $first.outcome, then only a better one follows', ({ first, better, worse }) => {
    const state = after(...wayTo.submitted, decidedAs(first));
    for (const decision of better) {
      expect(types(recordOutcome(state, decision, cause))).toHaveLength(1);
    }
    for (const decision of worse) {
      const other = { ...decision, reason: 'another' };
      expect(types(recordOutcome(state, other, cause))).toBe('already_decided');
    }
  });

  it('then two different amounts from one state are two events', () => {
    const state = after(...wayTo.submitted);
    const worth = (amount: string) => ({ ...agreed, amount: { amount, currency: 'USD' } });
    const [one] = [recordOutcome(state, worth('40.00'), cause)].flat();
    const [two] = [recordOutcome(state, worth('39.00'), cause)].flat();
    const [same] = [recordOutcome(state, worth('40.00'), cause)].flat();
    expect(one).toEqual(same);
    expect(one).not.toEqual(two);
  });

  it.each([
    ['of nothing', { amount: '0.00', currency: 'USD' }, 'bad_amount'],
    ['below nothing', { amount: '-1.00', currency: 'USD' }, 'bad_amount'],
    ['in another currency', { amount: '40.00', currency: 'EUR' }, 'other_currency'],
  ])('when the amount is %s, then it is refused', (_, amount, code) => {
    expect(told('submitted', { ...agreed, amount })).toBe(code);
  });

  it('when a denial comes with an amount, then it is refused', () => {
    expect(told('submitted', { ...denied, amount: agreed.amount })).toBe('bad_amount');
  });
});

describe('given what Amazon paid and took back', () => {
  it.each([
    ['all of it', [paid('40.00'), reversed('40.00')], 'reversed'],
    ['a part of it', [paid('40.00'), reversed('10.00')], 'paid'],
    ['all in two steps', [paid('40.00'), reversed('10.00'), reversed('30.00')], 'reversed'],
    ['one of two payments', [paid('40.00'), paid('10.00'), reversed('40.00')], 'paid'],
    ['the money, not the units', [paid('30.00'), paid(null, 1), reversed('30.00')], 'paid'],
    ['it, and paid again', [paid('40.00'), reversed('40.00'), paid('40.00')], 'paid'],
  ] as const)('when it took back %s, then the claim is as much as is left', (_, steps, status) => {
    expect(after(...wayTo.approved, ...steps).status).toBe(status);
  });
});
