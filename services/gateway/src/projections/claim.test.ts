import { streams, type EventData, type EventType, type RecordedEvent } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { claimData, promptData, recorder, worth } from '../testing/event-data.js';
import { foldAll } from '../testing/fold.js';
import { claimProjection, type ClaimRow } from './claim.js';

const claimId = 'claim_1';
const detectionId = 'detection_2';
const { quantity, value, score, tier, allocation, sources } = claimData();
const assessment = { quantity, value, score, tier, allocation, sources };
const validated: EventData<'claim.validated'> = {
  claimId,
  quantity,
  requiredDocuments: 'Available',
  documents: [],
  amazonCompliance: 'Verified',
  complianceReasons: [],
  successProbability: 0.9,
};
const prompt = promptData();

type Step = { [T in EventType]: readonly [T, EventData<T>] }[EventType];

function historyOf(steps: readonly Step[]): RecordedEvent[] {
  const event = recorder();
  return steps.map(([type, data]) => event(streams.claim(claimId), type, data));
}

function rowAfter(...steps: Step[]): ClaimRow {
  const rows = foldAll(claimProjection, historyOf([['claim.detected', claimData()], ...steps]));
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

const submitted: Step = [
  'claim.submitted',
  { claimId, channel: 'sandbox', amazonCaseId: 'CASE-7', submittedAt: '2026-11-20T10:00:00Z' },
];

describe('a claim', () => {
  it('given that it was detected, then all that the detector said of it is there', () => {
    const { subject, policy, deadline } = claimData();
    expect(rowAfter()).toMatchObject({
      claimId,
      detectedAt: '2026-11-20T10:00:01.000Z',
      decidedAt: null,
      claim: { status: 'detected', subject, policy, deadline, assessment },
      toCome: { amount: '22.50', currency: 'USD' },
    });
    expect(rowAfter().timeline).toEqual([
      {
        timestamp: '2026-11-20T10:00:01.000Z',
        title: 'Claim detected',
        description: '3 unit(s) of BOTTLE-750, lost in a warehouse, 2026-08-20.',
        type: 'detection',
      },
    ]);
  });

  it('given that it was validated and filed, then case and evidence are there, and every step in its history', () => {
    const row = rowAfter(
      ['claim.validated', validated],
      ['claim.auto_submission_approved', { claimId, successProbability: 0.9 }],
      [
        'claim.submission_requested',
        { claimId, channel: 'sandbox', idempotencyKey: 'k', quantity },
      ],
      submitted,
    );
    expect(row.claim).toMatchObject({
      status: 'submitted',
      submission: { amazonCaseId: 'CASE-7' },
      validation: { requiredDocuments: 'Available', successProbability: 0.9 },
    });
    expect(row.timeline.map(({ type }) => type)).toEqual([
      'detection',
      'analysis',
      'generation',
      'submission',
    ]);
  });

  it('given a question that is open, when the evidence is checked again, then the question stays', () => {
    const row = rowAfter(
      ['claim.validated', validated],
      ['claim.review_prompted', { claimId, prompt }],
      ['claim.validated', { ...validated, successProbability: 0.7 }],
    );
    expect(row.claim).toMatchObject({
      status: 'prompted',
      route: { kind: 'prompt', prompt },
      validation: { successProbability: 0.7 },
    });
  });

  it('given another quantity, then its way begins anew: no question, no evidence for what is no longer claimed', () => {
    const row = rowAfter(
      ['claim.validated', validated],
      ['claim.review_prompted', { claimId, prompt }],
      [
        'claim.quantity_changed',
        {
          ...assessment,
          claimId,
          detectionId,
          previousQuantity: 3,
          reason: 'one was found',
          quantity: 2,
          value: worth('15.00'),
        },
      ],
    );
    expect(row.claim).toMatchObject({ status: 'detected', route: null, validation: null });
    expect(row.claim.assessment).toMatchObject({ quantity: 2, value: worth('15.00') });
    expect(row.toCome).toEqual({ amount: '15.00', currency: 'USD' });
  });

  it('given another window, then that is what counts and is told, and the way it had gone stands', () => {
    const policy = { ...claimData().policy, name: 'fc-lost-damaged-2026' };
    const window = { lossDay: '2026-08-20', opensOn: '2026-08-20', deadline: '2026-10-04', policy };
    const row = rowAfter(
      ['claim.validated', validated],
      ['claim.review_prompted', { claimId, prompt }],
      ['claim.rescored', { ...assessment, claimId, detectionId }],
      ['claim.rescored', { ...assessment, claimId, detectionId, window }],
    );
    expect(row.claim).toMatchObject({ status: 'prompted', ...window });
    expect(row.timeline).toHaveLength(4);
    expect(row.timeline.at(-1)).toMatchObject({
      title: 'Window changed',
      description:
        'It can be filed from 2026-08-20 to 2026-10-04 now, by the policy fc-lost-damaged-2026.',
    });
    const ended = rowAfter(['claim.expired', { claimId, deadline: window.deadline, window }]);
    expect(ended.claim).toMatchObject({ status: 'expired', ...window });
    expect(ended.timeline.at(-1)?.description).toBe(
      'The window closed on 2026-10-04, by the policy fc-lost-damaged-2026 that counts for it now.',
    );
  });

  it('given a withdrawn claim that is found again, then it is open again with its old place and history', () => {
    const row = rowAfter(
      ['claim.withdrawn', { claimId, detectionId, reason: 'found' }],
      ['claim.detected', claimData({ quantity: 1 })],
    );
    expect(row.claim).toMatchObject({ status: 'detected', assessment: { quantity: 1 } });
    expect(row.detectedAt).toBe('2026-11-20T10:00:01.000Z');
    expect(row.timeline.map(({ title }) => title)).toEqual([
      'Claim detected',
      'Withdrawn',
      'Claim detected',
    ]);
  });

  it('given an event of a claim that was never detected, then no row comes of it', () => {
    expect(foldAll(claimProjection, historyOf([submitted]))).toEqual([]);
  });
});
