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

  it('then another window is news: it is held from then on, with the policy that it follows from', () => {
    const policy = { ...finding.policy, name: 'q', effectiveFrom: '2026-08-01' };
    const window = { lossDay: '2026-09-01', opensOn: '2026-10-16', deadline: '2026-11-30', policy };
    const moved: Step = (now) => observe(now, { ...finding, ...window }, seen('d2'));
    const [event] = observe(after(detected), { ...finding, ...window }, seen('d2'));
    expect(event).toMatchObject({ type: 'claim.rescored', data: { quantity: 4, window } });
    const state = after(detected, validated, approved, moved);
    expect(state).toMatchObject({ ...window, changedBy: 'd2', status: 'auto_approved' });
    expect(observe(state, { ...finding, ...window }, seen('d3'))).toEqual([]);
    expect(types(requestSubmission(state, request, cause))).toBe('too_early');
  });

  it('then another quantity tells of another window as well, and of none where it is the same', () => {
    const deadline = '2026-11-03';
    const less = { ...finding, quantity: 3 };
    const grown: Step = (now) => observe(now, { ...less, deadline }, seen('d2'));
    expect(after(detected, grown)).toMatchObject({ deadline, assessment: { quantity: 3 } });
    const [event] = observe(after(detected), less, seen('d2'));
    expect(event?.data).not.toHaveProperty('window');
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
      expect(expire(state, { today: '2027-01-01', cause })).toEqual([]);
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
    expect(expire(state, { today: '2026-10-31', cause })).toEqual([]);
    expect(types(expire(state, { today: '2026-11-01', cause }))).toEqual(['claim.expired']);
    const expired = after(detected, (now) =>
      now ? expire(now, { today: '2026-11-01', cause }) : [],
    );
    expect(expire(expired, { today: '2026-11-02', cause })).toEqual([]);
    expect(types(validate(expired, good, cause))).toBe('claim_ended');
  });

  it('then it expires as soon as its window is found to have been shorter, and says which it was', () => {
    const { lossDay, opensOn, policy } = finding;
    const window = { lossDay, opensOn, deadline: '2026-10-05', policy: { ...policy, name: 'q' } };
    const on =
      (today: string): Step =>
      (now) =>
        now ? expire(now, { today, cause, window }) : [];
    expect(on('2026-10-05')(after(detected))).toEqual([]);
    expect(on('2026-10-06')(after(detected))).toMatchObject([
      { type: 'claim.expired', data: { deadline: '2026-10-05', window } },
    ]);
    expect(after(detected, on('2026-10-06'))).toMatchObject({ status: 'expired', ...window });
  });
});
