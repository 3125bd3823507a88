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
  requested,
  submitted,
  type Step,
} from '../test/claim-story.js';
import { validate } from './claim-route.js';
import { requestSubmission } from './claim-filing.js';
import { expire, notSeen, observe, type ClaimFinding } from './claim-observe.js';

describe('given what a detection sees', () => {
  it('then a new loss is detected once, and seen again nothing happens', () => {
    expect(types(observe(null, finding, seen('d1')))).toEqual(['claim.detected']);
    expect(observe(after(detected), finding, seen('d2'))).toEqual([]);
  });

  it('then deciding twice from the same state makes the same event', () => {
    const [first] = observe(null, finding, seen('d1'));
    const [second] = observe(null, finding, seen('d1'));
    expect(second?.id).toBe(first?.id);
    expect(observe(null, finding, seen('d2'))[0]?.id).not.toBe(first?.id);
  });

  it('then another quantity is an event with its reason, and what was approved for the old one falls', () => {
    const state = after(detected, validated, approved);
    const changed: Step = (now) => observe(now, { ...finding, quantity: 3 }, seen('d2'));
    const [line] = finding.allocation;
    if (!line) throw new Error('the example has no allocation');
    const allocation = [line, { ...line, kind: 'found', quantity: 1 } as const];
    const [event] = observe(state, { ...finding, quantity: 3, allocation }, seen('d2'));
    expect(event).toMatchObject({
      type: 'claim.quantity_changed',
      data: {
        quantity: 3,
        previousQuantity: 4,
        reason: '3 units are open, before it was 4: 1 more found',
      },
    });
    expect(after(detected, validated, approved, changed)).toMatchObject({
      status: 'detected',
      route: null,
      validation: null,
      changedBy: 'd2',
    });
  });

  it('then a score that barely moved is no news, and one that moved is', () => {
    const scored = (confidence: number): ClaimFinding => ({
      ...finding,
      score: { ...finding.score, confidence },
    });
    const state = after(detected);
    expect(observe(state, scored(0.87), seen('d2'))).toEqual([]);
    expect(types(observe(state, scored(0.8), seen('d2')))).toEqual(['claim.rescored']);
  });

  it('then another tier is news and asks for a new route', () => {
    const lower: Step = (state) => observe(state, { ...finding, tier: 'prompt' }, seen('d2'));
    const state = after(detected, validated, approved, lower);
    expect(state).toMatchObject({ status: 'detected', route: null });
    expect(types(requestSubmission(state, request, cause))).toBe('not_approved');
  });

  it('then a claim that nothing supports is withdrawn, once, and comes back when it is seen again', () => {
    const gone: Step = (state) => (state ? notSeen(state, 'found', seen('d2')) : []);
    const state = after(detected, gone);
    expect(state).toMatchObject({ status: 'withdrawn', withdrawnBy: 'd2' });
    expect(notSeen(state, 'found', seen('d3'))).toEqual([]);
    const back: Step = (now) => observe(now, finding, seen('d3'));
    expect(after(detected, gone, back)).toMatchObject({ status: 'detected', detectedBy: 'd3' });
  });

  it('then a claim that is being filed, or was, is left to its outcome', () => {
    for (const steps of [[requested], [requested, submitted]]) {
      const state = after(detected, validated, approved, ...steps);
      expect(observe(state, { ...finding, quantity: 1 }, seen('d2'))).toEqual([]);
      expect(notSeen(state, 'paid', seen('d2'))).toEqual([]);
      expect(expire(state, '2027-01-01', cause)).toEqual([]);
    }
  });

  it('then what the seller had erased is new, unless Amazon has it', () => {
    const erased = { ...seen('d2'), erasedUpTo: 4 };
    for (const steps of [[detected], [detected, validated, approved]]) {
      const state = after(...steps);
      expect(types(observe(state, finding, erased))).toEqual(['claim.detected']);
      expect(observe(state, finding, { ...erased, erasedUpTo: 0 })).toEqual([]);
    }
    const filed = after(detected, validated, approved, requested);
    expect(observe(filed, { ...finding, quantity: 1 }, erased)).toEqual([]);
  });

  it('then it expires the day after its last day, once', () => {
    const state = after(detected);
    expect(expire(state, '2026-10-31', cause)).toEqual([]);
    expect(types(expire(state, '2026-11-01', cause))).toEqual(['claim.expired']);
    const expired = after(detected, (now) => (now ? expire(now, '2026-11-01', cause) : []));
    expect(expire(expired, '2026-11-02', cause)).toEqual([]);
    expect(types(validate(expired, good, cause))).toBe('claim_ended');
  });
});
