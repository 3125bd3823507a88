import { describe, expect, it } from 'vitest';
import {
  after,
  authorized,
  cause,
  decidedAs,
  denied,
  detected,
  everyStatus,
  finding,
  good,
  inReview,
  queued,
  requested,
  seen,
  submitted,
  today,
  types,
  wayTo,
  type Step,
} from '../test/claim-story.js';
import { authorizeSubmission } from './claim-authorize.js';
import { requestSubmission } from './claim-filing.js';
import { observe } from './claim-observe.js';
import { refuseSubmission } from './claim-refusal.js';
import { route, validate, type Validation } from './claim-route.js';
import type { ClaimStatus } from './claim-status.js';

const judged =
  (change: Partial<Validation>): Step =>
  (state) =>
    validate(state, { ...good, ...change }, cause);

describe('given the seller says to file a claim', () => {
  const answers: Readonly<Record<ClaimStatus, string[] | string>> = {
    detected: 'not_validated',
    validated: ['claim.submission_authorized'],
    auto_approved: ['claim.submission_authorized'],
    prompted: ['claim.submission_authorized'],
    manual: ['claim.submission_authorized'],
    authorized: [],
    queued_for_filing: 'already_queued',
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
    dismissed: 'claim_dismissed',
    withdrawn: 'claim_ended',
    expired: 'claim_ended',
  };

  it.each(everyStatus)('when it is %s, then that decides', (status) => {
    expect(types(authorized(after(...wayTo[status])))).toEqual(answers[status]);
  });

  it('when there is none, then it is refused', () => {
    expect(types(authorized(null))).toBe('claim_not_found');
  });

  it.each([
    ['requested', [requested]],
    ['filed', [requested, submitted]],
    ['queued', [queued]],
  ])('when his word has brought it on its way already (%s), then again is no news', (_, steps) => {
    expect(authorized(after(...wayTo.authorized, ...steps))).toEqual([]);
  });

  it('when Amazon has decided since, then it is refused', () => {
    const state = after(...wayTo.authorized, requested, submitted, decidedAs(denied));
    expect(types(authorized(state))).toBe('already_decided');
  });

  it('then deciding twice from one state makes one event', () => {
    const [one] = [authorized(after(...wayTo.manual))].flat();
    const [two] = [authorized(after(...wayTo.manual))].flat();
    expect(one).toEqual(two);
  });
});

describe('given evidence that does not suffice', () => {
  const invoice = { type: 'supplier_invoice', status: 'Missing', reasons: ['no cost'] } as const;
  const refused = { type: 'ledger_extract', status: 'Rejected', reasons: ['no row'] } as const;

  it.each([
    [
      'documents',
      { requiredDocuments: 'Rejected', documents: [...good.documents, invoice, refused] },
      {
        code: 'evidence_missing',
        missing: ['supplier_invoice', 'ledger_extract'],
        reasons: ['no cost', 'no row'],
      },
    ],
    [
      'rules',
      { amazonCompliance: 'Not verified', complianceReasons: ['filed elsewhere'] },
      { code: 'not_compliant', missing: [], reasons: ['filed elsewhere'] },
    ],
    [
      'an unnamed document',
      { requiredDocuments: 'Missing' },
      { code: 'evidence_missing', missing: [], reasons: ['A required document is missing'] },
    ],
  ] as const)('when %s stand in the way, then it says which', (_, change, answer) => {
    const state = after(detected, judged(change as Partial<Validation>), inReview);
    expect(authorized(state)).toMatchObject({ rejected: true, ...answer });
  });

  it('then what the model thinks of it does not count, nor the tier', () => {
    const lowly: Step = (state) => observe(state, { ...finding, tier: 'manual' }, seen('d1'));
    const state = after(lowly, judged({ successProbability: 0.1 }), inReview);
    expect(types(authorized(state))).toEqual(['claim.submission_authorized']);
  });

  it.each([
    ['2026-08-31', 'too_early'],
    ['2026-09-01', ['claim.submission_authorized']],
    ['2026-10-31', ['claim.submission_authorized']],
    ['2026-11-01', 'window_closed'],
    [null, 'calendar_unknown'],
  ])('when the day is %s, then the window decides: %s', (day, answer) => {
    const state = after(...wayTo.manual);
    expect(types(authorizeSubmission(state, { today: day }, cause))).toEqual(answer);
  });
});

describe("given a claim on its way by the seller's word", () => {
  const request = { channel: 'sandbox', idempotencyKey: 'key-1', today } as const;

  it('then it is requested without a gate of the model, or queued', () => {
    expect(types(requestSubmission(after(...wayTo.authorized), request, cause))).toEqual([
      'claim.submission_requested',
    ]);
    expect(types(queued(after(...wayTo.authorized)))).toEqual(['claim.queued_for_filing']);
  });

  it('when its evidence has weakened or its window has closed, then not', () => {
    const weaker = after(...wayTo.authorized, judged({ requiredDocuments: 'Missing' }));
    expect(weaker.status).toBe('authorized');
    expect(types(requested(weaker))).toBe('evidence_missing');
    expect(types(queued(weaker))).toBe('evidence_missing');
    const late = { ...request, today: '2026-11-01' };
    expect(types(requestSubmission(after(...wayTo.authorized), late, cause))).toBe('window_closed');
  });

  it('when it is rescored, into another tier too, then the word stands', () => {
    const lower: Step = (state) => observe(state, { ...finding, tier: 'manual' }, seen('d2'));
    expect(after(...wayTo.authorized, lower)).toMatchObject({
      status: 'authorized',
      authorization: { quantity: 4, by: 'service:test' },
    });
    expect(after(...wayTo.authorized, queued, lower).status).toBe('queued_for_filing');
  });

  it('when another quantity is claimed, then the word was for something else', () => {
    const fewer: Step = (state) => observe(state, { ...finding, quantity: 3 }, seen('d2'));
    const state = after(...wayTo.authorized, fewer);
    expect(state).toMatchObject({ status: 'detected', authorization: null });
    expect(types(requested(state))).toBe('not_approved');
  });

  it('when a person has to look again, then the seller may say it again, also after a refusal', () => {
    const refusal = { idempotencyKey: 'key-1', reasons: ['no'] };
    const refusedBack: Step = (state) => refuseSubmission(state, refusal, cause);
    const state = after(...wayTo.authorized, requested, refusedBack);
    expect(state).toMatchObject({ status: 'manual', authorization: null });
    const again = after(...wayTo.authorized, requested, refusedBack, authorized);
    expect(again).toMatchObject({ status: 'authorized', submission: null });
    const next = { ...request, idempotencyKey: 'key-2' };
    expect(types(requestSubmission(again, next, cause))).toEqual(['claim.submission_requested']);
  });

  it('then it can go back to a person for the reason it was there before', () => {
    const back = route(after(...wayTo.authorized), { kind: 'manual', reasons: ['large'] }, cause);
    expect(types(back)).toEqual(['claim.manual_review_queued']);
  });
});
