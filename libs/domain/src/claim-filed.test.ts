import { describe, expect, it } from 'vitest';
import {
  after,
  cause,
  everyStatus,
  filedByHand,
  finding,
  handedOver,
  seen,
  submission,
  submitted,
  types,
  wayTo,
} from '../test/claim-story.js';
import { recordFiled } from './claim-filed.js';
import { handOver, confirmSubmission } from './claim-filing.js';
import { observe } from './claim-observe.js';
import type { ClaimStatus } from './claim-status.js';

const TAKEN: ReadonlySet<ClaimStatus> = new Set(['queued_for_filing', 'handed_over']);

describe('given a person who opened a case', () => {
  it.each(everyStatus.filter((status) => !TAKEN.has(status)))(
    'when the claim is %s, then it did not wait for that',
    (status) => {
      expect(types(recordFiled(after(...wayTo[status]), { amazonCaseId: '7' }, cause))).toBeTypeOf(
        'string',
      );
    },
  );

  it.each([
    ['queued_for_filing', 'queue'],
    ['handed_over', 'webhook'],
  ] as const)('when it was %s, then it is filed by %s', (status, channel) => {
    const state = after(...wayTo[status], filedByHand);
    expect(state).toMatchObject({
      status: 'submitted',
      submission: { channel, amazonCaseId: 'by-hand' },
    });
    expect(recordFiled(state, { amazonCaseId: 'by-hand' }, cause)).toEqual([]);
    expect(types(recordFiled(state, { amazonCaseId: '8' }, cause))).toBe('other_case');
  });

  it('when there is no claim, then it is refused', () => {
    expect(types(recordFiled(null, { amazonCaseId: '7' }, cause))).toBe('claim_not_found');
  });
});

describe("given a claim that the seller's own desk has taken", () => {
  const taken = after(...wayTo.handed_over);

  it('then no detection changes it, and it is not said twice', () => {
    expect(taken.status).toBe('handed_over');
    expect(taken.submission?.amazonCaseId).toBeNull();
    expect(observe(taken, { ...finding, quantity: 9 }, seen('d2'))).toEqual([]);
    expect(types(handedOver(taken))).toEqual([]);
  });

  it('when another request says so, or no call was under way, then it is refused', () => {
    const at = '2026-10-01T12:00:00Z';
    expect(types(handOver(taken, { idempotencyKey: 'k2', handedOverAt: at }, cause))).toBe(
      'other_request',
    );
    const key = { idempotencyKey: 'key-1', handedOverAt: at };
    expect(types(handOver(after(...wayTo.manual), key, cause))).toBe('other_request');
    expect(types(handOver(after(...wayTo.submitted), key, cause))).toEqual([]);
    expect(types(handOver(null, key, cause))).toBe('claim_not_found');
  });

  it('when the desk tells its case in an answer, then it is filed', () => {
    expect(types(submitted(taken))).toEqual(['claim.submitted']);
    expect(types(confirmSubmission(taken, { ...submission, channel: 'webhook' }, cause))).toBe(
      'other_request',
    );
  });
});
