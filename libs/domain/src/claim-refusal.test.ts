import { describe, expect, it } from 'vitest';
import { fromCommand } from './cause.js';
import { refuseSubmission, wasRefused } from './claim-refusal.js';
import type { ClaimState } from './claim-state.js';
import type { ClaimStatus } from './claim-status.js';
import { isRejection } from './rejection.js';

const cause = fromCommand('service:evidence', new Date('2026-11-20T12:00:00Z'));
const refused = { idempotencyKey: 'key-1', reasons: ['the desk said no'] };

/** The part of a claim that a refusal looks at. */
function claimIn(status: ClaimStatus, idempotencyKey: string | null = 'key-1'): ClaimState {
  const submission = idempotencyKey && { channel: 'sandbox', idempotencyKey, amazonCaseId: null };
  return { claimId: 'claim_1', status, submission, version: 5 } as ClaimState;
}

describe('given a claim that is being filed', () => {
  it.each<ClaimStatus>(['submission_requested', 'unconfirmed'])(
    'when it is %s and refused, then a person gets it with the reason, once',
    (status) => {
      const events = refuseSubmission(claimIn(status), refused, cause);
      expect(events).toMatchObject([
        { type: 'claim.manual_review_queued', data: { reasons: ['the desk said no'] } },
      ]);
      expect(refuseSubmission(claimIn(status), refused, cause)).toEqual(events);
    },
  );

  it('when it is refused already, then nothing more happens', () => {
    expect(refuseSubmission(claimIn('manual'), refused, cause)).toEqual([]);
  });
});

describe('given a claim that this request does not file', () => {
  it.each([
    ['there is none', null],
    ['another request files it', claimIn('submission_requested', 'key-2')],
    ['nobody files it', claimIn('validated', null)],
    ['Amazon has it', claimIn('submitted')],
  ])('when %s, then the refusal is rejected', (_, state) => {
    expect(isRejection(refuseSubmission(state, refused, cause))).toBe(true);
  });
});

describe("given a claim on a person's desk", () => {
  it('then it counts as refused only when it was sent', () => {
    expect(wasRefused(claimIn('manual'))).toBe(true);
    expect(wasRefused(claimIn('manual', null))).toBe(false);
    expect(wasRefused(claimIn('submitted'))).toBe(false);
  });
});
