import { describe, expect, it } from 'vitest';
import {
  after,
  authorized,
  cause,
  dismissed,
  everyStatus,
  finding,
  good,
  seen,
  types,
  wayTo,
} from '../test/claim-story.js';
import { dismissClaim } from './claim-dismiss.js';
import { expire, notSeen, observe } from './claim-observe.js';
import { validate } from './claim-route.js';
import type { ClaimStatus } from './claim-status.js';

const answers: Readonly<Record<ClaimStatus, string | string[]>> = {
  detected: ['claim.dismissed'],
  validated: ['claim.dismissed'],
  auto_approved: ['claim.dismissed'],
  prompted: ['claim.dismissed'],
  manual: ['claim.dismissed'],
  authorized: ['claim.dismissed'],
  queued_for_filing: ['claim.dismissed'],
  submission_requested: 'already_filed',
  unconfirmed: 'already_filed',
  handed_over: 'already_filed',
  submitted: 'already_filed',
  unanswered: 'already_filed',
  paid_unasked: 'claim_ended',
  approved: 'already_decided',
  partially_approved: 'already_decided',
  denied: 'already_decided',
  paid: 'already_decided',
  reversed: 'already_decided',
  dismissed: [],
  withdrawn: 'claim_ended',
  expired: 'claim_ended',
};

describe('given a seller who does not want a claim', () => {
  it.each(everyStatus)('when it is %s, then that decides', (status) => {
    expect(types(dismissed(after(...wayTo[status])))).toEqual(answers[status]);
  });

  it('when it is dismissed, then another reason changes nothing', () => {
    const state = after(...wayTo.dismissed);
    expect(dismissClaim(state, { reason: 'another' }, cause)).toEqual([]);
    expect(types(dismissClaim(null, { reason: 'none' }, cause))).toBe('claim_not_found');
  });
});

const closed: readonly ClaimStatus[] = [
  'submission_requested',
  'unconfirmed',
  'submitted',
  'unanswered',
  'approved',
  'partially_approved',
  'denied',
  'paid',
  'reversed',
  'dismissed',
];

describe('given a claim that was dismissed, filed, decided on or paid', () => {
  it.each(closed)('when it is %s, then no detection touches it', (status) => {
    const state = after(...wayTo[status]);
    const smaller = { ...finding, quantity: 1, tier: 'manual' as const };
    expect(observe(state, finding, seen('d2'))).toEqual([]);
    expect(observe(state, smaller, seen('d2'))).toEqual([]);
    expect(notSeen(state, 'paid', seen('d2'))).toEqual([]);
    expect(expire(state, { today: '2027-01-01', cause })).toEqual([]);
  });

  it.each(closed)('when it is %s, then no validation does', (status) => {
    const less = { ...good, successProbability: 0.1 };
    expect(types(validate(after(...wayTo[status]), less, cause))).toEqual(expect.any(String));
    expect(types(authorized(after(...wayTo[status])))).toEqual(expect.any(String));
  });
});
