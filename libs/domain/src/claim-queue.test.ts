import { describe, expect, it } from 'vitest';
import { fromCommand } from './cause.js';
import { queueApproved } from './claim-queue.js';
import type { ClaimState } from './claim-state.js';
import { isRejection } from './rejection.js';

const cause = fromCommand('service:evidence', new Date('2026-11-20T12:00:00Z'));
const today = '2026-11-20';

/** The part of an approved claim that the queue looks at. */
const approved = {
  claimId: 'claim_1',
  status: 'auto_approved',
  version: 3,
  assessment: {
    quantity: 4,
    tier: 'auto',
    value: { basis: 'paid_history', perUnit: null, total: { amount: '30.00', currency: 'USD' } },
  },
  validation: {
    quantity: 4,
    requiredDocuments: 'Available',
    amazonCompliance: 'Verified',
    successProbability: 0.9,
  },
} as ClaimState;

describe('given an approved claim', () => {
  it('then it waits in the queue, and saying so twice is one event', () => {
    const events = queueApproved(approved, { today }, cause);
    expect(events).toMatchObject([{ type: 'claim.queued_for_filing' }]);
    expect(queueApproved(approved, { today }, cause)).toEqual(events);
    expect(queueApproved({ ...approved, status: 'queued_for_filing' }, { today }, cause)).toEqual(
      [],
    );
  });
});

describe('given a claim that may not go by itself', () => {
  it.each<[string, ClaimState | null]>([
    ['there is none', null],
    ['nobody approved it', { ...approved, status: 'validated' }],
    ['it is being filed', { ...approved, status: 'submission_requested' }],
    ['its evidence was not checked', { ...approved, validation: null }],
    [
      'it fell into another tier',
      { ...approved, assessment: { ...approved.assessment, tier: 'prompt' } },
    ],
  ])('when %s, then it is not queued', (_, state) => {
    expect(isRejection(queueApproved(state, { today }, cause))).toBe(true);
  });
});
