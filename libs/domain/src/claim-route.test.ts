import { describe, expect, it } from 'vitest';
import {
  cause,
  seen,
  finding,
  good,
  after,
  types,
  detected,
  validated,
  approved,
  request,
  type Step,
} from '../test/claim-story.js';
import { promptOf } from './claim-answer.js';
import { requestSubmission } from './claim-filing.js';
import { observe } from './claim-observe.js';
import { route, validate } from './claim-route.js';

describe('given evidence', () => {
  it('then nothing can be said of a claim that is not there', () => {
    expect(types(validate(null, good, cause))).toBe('claim_not_found');
    expect(types(route(null, { kind: 'auto' }, cause))).toBe('claim_not_found');
    expect(types(requestSubmission(null, request, cause))).toBe('claim_not_found');
  });

  it('then the same result twice is one event and a new one another', () => {
    const state = after(detected, validated);
    expect(state.status).toBe('validated');
    expect(validate(state, good, cause)).toEqual([]);
    const less = { ...good, successProbability: 0.6 };
    expect(types(validate(state, less, cause))).toEqual(['claim.validated']);
  });

  it('then no claim is routed before its evidence was checked', () => {
    expect(types(route(after(detected), { kind: 'manual', reasons: ['new'] }, cause))).toBe(
      'not_validated',
    );
  });

  const doubts: [string, Step, Step][] = [
    [
      'a document is missing',
      detected,
      (s) => validate(s, { ...good, requiredDocuments: 'Missing' }, cause),
    ],
    [
      "Amazon's rules are not met",
      detected,
      (s) => validate(s, { ...good, amazonCompliance: 'Not verified' }, cause),
    ],
    [
      'success is unlikely',
      detected,
      (s) => validate(s, { ...good, successProbability: 0.84 }, cause),
    ],
    [
      'a gate of the detector holds it',
      (s) => observe(s, { ...finding, tier: 'manual' }, seen('d1')),
      validated,
    ],
    [
      'its value is unknown',
      (s) =>
        observe(
          s,
          { ...finding, value: { basis: 'unknown', perUnit: null, total: null } },
          seen('d1'),
        ),
      validated,
    ],
  ];
  it.each(doubts)('then where %s it does not go out by itself', (_, first, second) => {
    expect(types(route(after(first, second), { kind: 'auto' }, cause))).toBe('not_for_auto');
  });

  it('then the same route twice is one event, and another route another', () => {
    const prompt = {
      kind: 'prompt',
      prompt: promptOf(after(detected), {
        kind: 'unit_cost',
        question: 'What does a unit cost?',
        currency: 'USD',
      }),
    } as const;
    const state = after(detected, validated, (now) => route(now, prompt, cause));
    expect(state.status).toBe('prompted');
    expect(route(state, prompt, cause)).toEqual([]);
    expect(types(route(state, { kind: 'manual', reasons: ['a person asked'] }, cause))).toEqual([
      'claim.manual_review_queued',
    ]);
    expect(types(approved(after(detected, validated)))).toEqual(['claim.auto_submission_approved']);
  });
});
