import { describe, expect, it } from 'vitest';
import {
  after,
  cause,
  decidedAs,
  denied,
  everyStatus,
  finding,
  request,
  seen,
  submission,
  today,
  types,
  validated,
  wayTo,
  type Step,
} from '../test/claim-story.js';
import { confirmSubmission, requestSubmission } from './claim-filing.js';
import { observe } from './claim-observe.js';
import { resubmitClaim } from './claim-resubmit.js';

const withNew = { today, newDocuments: ['document_1'] };
const resubmitted: Step = (state) => resubmitClaim(state, withNew, cause);

describe('given a denied claim', () => {
  const state = after(...wayTo.denied);

  it('when there is a document that Amazon has not seen, then it is on its way, and what was said is kept', () => {
    const next = after(...wayTo.denied, resubmitted);
    expect(next).toMatchObject({
      ...{ status: 'authorized', submission: null, decision: null },
      denials: [{ outcome: 'denied', reason: 'no' }],
    });
  });

  it('then it is filed under another key, and another decision is taken', () => {
    const again: Step = (now) =>
      requestSubmission(now, { ...request, idempotencyKey: 'key-2' }, cause);
    const submitted: Step = (now) =>
      confirmSubmission(now, { ...submission, amazonCaseId: 'case-2' }, cause);
    const next = after(
      ...[...wayTo.denied, resubmitted, validated, again, submitted],
      decidedAs(denied),
    );
    expect(next.decision?.amazonCaseId).toBe('case-2');
    expect(next.denials.map(({ amazonCaseId }) => amazonCaseId)).toEqual(['case-1']);
  });

  it('when there is no new document, then it is told what is missing, and why Amazon said no', () => {
    const refused = resubmitClaim(state, { today, newDocuments: [] }, cause);
    expect(refused).toMatchObject({ code: 'new_evidence_needed', missing: ['new_document'] });
    expect(JSON.stringify(refused)).toContain("Amazon's reason: no");
  });

  it.each([
    ['2026-10-31', 'claim.resubmission_authorized'],
    ['2026-11-01', 'window_closed'],
    [null, 'calendar_unknown'],
  ])('when the day is %s, then %s', (day, what) => {
    expect([types(resubmitClaim(state, { ...withNew, today: day }, cause))].flat()).toEqual([what]);
  });

  it('when the kind of claim knows one appeal, then a second is refused', () => {
    const fee: Step = (now) =>
      observe(now, { ...finding, subtype: 'fulfilment_fee_overcharge' }, seen('d1'));
    const once = after(fee, ...wayTo.denied.slice(1));
    expect(types(resubmitClaim(once, withNew, cause))).toEqual(['claim.resubmission_authorized']);
    const denials = once.decision ? [once.decision] : [];
    expect(types(resubmitClaim({ ...once, denials }, withNew, cause))).toBe('appeal_used');
  });
});

describe('given a claim that is not denied', () => {
  it.each(everyStatus.filter((status) => status !== 'denied'))(
    '%s: then it is refused',
    (status) => {
      expect(types(resubmitClaim(after(...wayTo[status]), withNew, cause))).toBe('not_denied');
    },
  );

  it('none: then it is refused', () => {
    expect(types(resubmitClaim(null, withNew, cause))).toBe('claim_not_found');
  });
});
