import { describe, expect, it } from 'vitest';
import {
  cause,
  good,
  after,
  types,
  detected,
  validated,
  approved,
  request,
  requested,
  submission,
  submitted,
  type Step,
} from '../test/claim-story.js';
import { confirmSubmission, markUnconfirmed, requestSubmission } from './claim-filing.js';
import { validate } from './claim-route.js';
import type { ClaimState } from './claim-state.js';

describe('given filing', () => {
  const ready = (): ClaimState => after(detected, validated, approved);

  it('then only what was approved goes out, inside its window', () => {
    expect(types(requestSubmission(after(detected, validated), request, cause))).toBe(
      'not_approved',
    );
    expect(types(requestSubmission(ready(), { ...request, today: '2026-08-31' }, cause))).toBe(
      'too_early',
    );
    expect(types(requestSubmission(ready(), { ...request, today: '2026-11-01' }, cause))).toBe(
      'window_closed',
    );
    for (const today of ['2026-09-01', '2026-10-31']) {
      expect(types(requestSubmission(ready(), { ...request, today }, cause))).toEqual([
        'claim.submission_requested',
      ]);
    }
  });

  it('then evidence that weakened after the approval holds it back', () => {
    const weaker = (now: ClaimState | null) =>
      validate(now, { ...good, successProbability: 0.5 }, cause);
    expect(types(requested(after(detected, validated, approved, weaker)))).toBe('not_for_auto');
  });

  it('then it is asked for once, whoever asks', () => {
    const state = after(detected, validated, approved, requested);
    expect(requested(state)).toEqual([]);
    const other = { ...request, idempotencyKey: 'key-2' };
    expect(types(requestSubmission(state, other, cause))).toBe('already_requested');
  });

  it('then an unknown outcome is marked once and may still be confirmed', () => {
    const lost: Step = (now) =>
      markUnconfirmed(now, { idempotencyKey: 'key-1', reason: 'connection lost' }, cause);
    const state = after(detected, validated, approved, requested, lost);
    expect(state.status).toBe('unconfirmed');
    expect(lost(state)).toEqual([]);
    expect(requested(state)).toEqual([]);
    expect(after(detected, validated, approved, requested, lost, submitted)).toMatchObject({
      status: 'submitted',
      submission: { amazonCaseId: 'case-1', idempotencyKey: 'key-1' },
    });
    expect(types(markUnconfirmed(state, { idempotencyKey: 'key-2', reason: 'x' }, cause))).toBe(
      'other_request',
    );
  });

  it('then it is filed under one case only', () => {
    const state = after(detected, validated, approved, requested, submitted);
    expect(submitted(state)).toEqual([]);
    expect(types(confirmSubmission(state, { ...submission, amazonCaseId: 'case-2' }, cause))).toBe(
      'already_submitted',
    );
    expect(types(submitted(ready()))).toBe('not_requested');
    expect(types(validate(state, good, cause))).toBe('already_filed');
  });
});
