import { streams, type EventData, type EventType, type RecordedEvent } from '@recoup/contracts';
import { evolveClaim, type ClaimState, type ClaimStatus } from '@recoup/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimData, recorder, worth } from '../testing/event-data.js';
import { foldAll } from '../testing/fold.js';
import { claimProjection, type ClaimRow, type ClaimStage } from './claim.js';

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
const prompt = { kind: 'unit_cost', question: 'What does a unit cost?' } as const;

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
    const { detectionId: _, ...said } = claimData();
    expect(rowAfter()).toMatchObject({
      ...said,
      state: 'detected',
      detectedAt: '2026-11-20T10:00:01.000Z',
      amazonCaseId: null,
      evidence: null,
    });
    expect(rowAfter().timeline).toEqual([
      {
        timestamp: '2026-11-20T10:00:01.000Z',
        title: 'Claim detected',
        description: '3 unit(s) of BOTTLE-750, lost or damaged on 2026-08-20.',
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
    expect(row).toMatchObject({ state: 'submitted', amazonCaseId: 'CASE-7' });
    expect(row.evidence).toMatchObject({ requiredDocuments: 'Available', successProbability: 0.9 });
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
    expect(row).toMatchObject({ state: 'prompted', prompt, evidence: { successProbability: 0.7 } });
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
    expect(row).toMatchObject({
      state: 'detected',
      quantity: 2,
      value: worth('15.00'),
      prompt: null,
      evidence: null,
    });
  });

  it('given a withdrawn claim that is found again, then it is open again with its old place and history', () => {
    const row = rowAfter(
      ['claim.withdrawn', { claimId, detectionId, reason: 'found' }],
      ['claim.detected', claimData({ quantity: 1 })],
    );
    expect(row).toMatchObject({
      state: 'detected',
      quantity: 1,
      detectedAt: '2026-11-20T10:00:01.000Z',
    });
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

const STAGE_OF: Readonly<Partial<Record<ClaimStatus, ClaimStage>>> = {
  detected: 'detected',
  validated: 'validated',
  auto_approved: 'validated',
  prompted: 'prompted',
  manual: 'in_review',
  submission_requested: 'submission_requested',
  queued_for_filing: 'queued_for_filing',
  unconfirmed: 'unconfirmed',
  submitted: 'submitted',
  withdrawn: 'withdrawn',
  expired: 'expired',
};

const STEPS: readonly Step[] = [
  ['claim.detected', claimData()],
  ['claim.rescored', { ...assessment, claimId, detectionId }],
  ['claim.rescored', { ...assessment, claimId, detectionId, tier: 'manual' }],
  [
    'claim.quantity_changed',
    { ...assessment, claimId, detectionId, previousQuantity: 3, reason: 'x', quantity: 2 },
  ],
  ['claim.withdrawn', { claimId, detectionId, reason: 'x' }],
  ['claim.expired', { claimId, deadline: '2026-10-19' }],
  ['claim.validated', validated],
  ['claim.auto_submission_approved', { claimId, successProbability: 0.9 }],
  ['claim.review_prompted', { claimId, prompt }],
  ['claim.manual_review_queued', { claimId, reasons: ['x'] }],
  ['claim.submission_requested', { claimId, channel: 'sandbox', idempotencyKey: 'k', quantity }],
  ['claim.queued_for_filing', { claimId }],
  ['claim.submission_unconfirmed', { claimId, idempotencyKey: 'k', reason: 'x' }],
  submitted,
];

const BEFORE_FILING: readonly EventType[] = [
  'claim.rescored',
  'claim.quantity_changed',
  'claim.withdrawn',
  'claim.expired',
  'claim.validated',
  'claim.auto_submission_approved',
  'claim.review_prompted',
  'claim.manual_review_queued',
];

/** What the decisions of the domain would append in each state; the rest is refused there. */
const FOLLOWS: Readonly<Partial<Record<ClaimStatus, readonly EventType[]>>> = {
  detected: BEFORE_FILING,
  validated: BEFORE_FILING,
  prompted: BEFORE_FILING,
  manual: BEFORE_FILING,
  auto_approved: [...BEFORE_FILING, 'claim.submission_requested', 'claim.queued_for_filing'],
  queued_for_filing: BEFORE_FILING,
  submission_requested: [
    'claim.submission_unconfirmed',
    'claim.submitted',
    'claim.manual_review_queued',
  ],
  unconfirmed: ['claim.submitted', 'claim.manual_review_queued'],
  submitted: [],
  withdrawn: ['claim.detected'],
  expired: ['claim.detected'],
};

function possibleAfter(state: ClaimState | null): readonly Step[] {
  const types = state ? (FOLLOWS[state.status] ?? []) : ['claim.detected'];
  return STEPS.filter(([type]) => types.includes(type));
}

describe('the stage of a claim', () => {
  it('given any history that decisions can make, then it agrees with the state that they decide on', () => {
    const reached = new Set<string>();
    const anyHistory = fc.array(fc.nat(), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(anyHistory, (choices) => {
        const record = recorder();
        let state: ClaimState | null = null;
        let row: ClaimRow | null = null;
        for (const choice of choices) {
          const possible = possibleAfter(state);
          if (possible.length === 0) break;
          const [type, data] = possible[choice % possible.length]!;
          const event = record(streams.claim(claimId), type, data);
          state = evolveClaim(state, event)!;
          row = claimProjection.evolve(row, event);
          reached.add(state.status);
          const prompted = state.status === 'prompted' && state.route?.kind === 'prompt';
          expect(row).toMatchObject({
            state: STAGE_OF[state.status],
            prompt: prompted ? prompt : null,
            ...state.assessment,
          });
        }
      }),
      { numRuns: 1000 },
    );
    // A history that never gets anywhere would agree about nothing.
    expect([...reached].sort()).toEqual(Object.keys(STAGE_OF).sort());
  });
});
