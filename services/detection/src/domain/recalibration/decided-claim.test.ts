import type { AmazonDecision, ClaimState } from '@recoup/domain';
import { describe, expect, it } from 'vitest';
import { claimModel, reasonedModel } from '../score/model.js';
import { scoreOf, unmoved } from '../score/score.js';
import { decidedClaim } from './decided-claim.js';

const features = { stated_by_amazon: 1, age_share: 0.5, noise: 2 };
const plain = scoreOf(claimModel, 'lost_warehouse', features);

/** A claim that nothing was decided of, as far as it says anything of its outcome. */
function claim(more: Partial<ClaimState> = {}): ClaimState {
  const assessment = { score: plain };
  const nothing = { submission: null, decision: null, payments: [], reversals: [] };
  return {
    ...{ claimId: 'c', subtype: 'lost_warehouse', assessment, ...nothing },
    ...more,
  } as unknown as ClaimState;
}

const filed = {
  channel: 'sandbox',
  idempotencyKey: 'k',
  amazonCaseId: 'case-1',
  submittedAt: null,
} as const;
const queued = { ...filed, channel: 'queue', amazonCaseId: null } as const;
const paid = { claimId: 'c', reference: 'R', paidOn: '2026-10-01', amount: null, unitsInKind: 2 };
const decision = (more: Partial<AmazonDecision> = {}): AmazonDecision => ({
  ...{ outcome: 'approved', amazonCaseId: 'case-1', source: 'desk' },
  ...{ amount: null, expectedOn: null, reason: null },
  ...more,
});

describe('what became of a claim', () => {
  it.each<[string, Partial<ClaimState>, boolean | null]>([
    ['nothing is decided', { submission: filed }, null],
    ['it was approved', { decision: decision() }, true],
    ['it was approved in part', { decision: decision({ outcome: 'partially_approved' }) }, true],
    ['it was denied', { decision: decision({ outcome: 'denied' }) }, false],
    [
      'a person who filed it by hand says that it was denied',
      {
        submission: queued,
        decision: decision({ outcome: 'denied', source: 'person', amazonCaseId: null }),
      },
      false,
    ],
    ['the money came for the case that was filed', { submission: filed, payments: [paid] }, true],
    ['Amazon paid what nobody had filed', { payments: [paid] }, null],
    ['Amazon paid what still waited to be filed', { submission: queued, payments: [paid] }, null],
    [
      'the reports show money for no case of ours',
      { decision: decision({ source: 'reports', amazonCaseId: null }) },
      null,
    ],
  ])('given %s', (_, more, approved) => {
    expect(decidedClaim(claim(more), claimModel)?.approved ?? null).toBe(approved);
  });
});

describe('the log-odds that are learned from', () => {
  const approved = { decision: decision() };
  const moved = scoreOf(
    {
      ...claimModel,
      own: {
        ...{ slope: 0.5, shift: -2, outcomes: { learned: 50, heldOut: 20 }, logLoss: null },
        since: '2026-10-01T00:00:00Z',
      },
    },
    'lost_warehouse',
    features,
  );

  it('are the model’s own, also of a claim that was filed while they were moved', () => {
    const of = (score: ClaimState['assessment']['score']) =>
      decidedClaim(
        claim({ ...approved, assessment: { ...claim().assessment, score } }),
        claimModel,
      );
    expect(of(plain)?.logOdds).toBe(unmoved(plain));
    expect(of(moved)).toEqual(of(plain));
  });

  it('are those of today’s model, whichever scored the claim', () => {
    const score = scoreOf(reasonedModel, 'lost_warehouse', features);
    const state = claim({ ...approved, assessment: { ...claim().assessment, score } });
    expect(decidedClaim(state, claimModel)?.logOdds).toBe(unmoved(plain));
  });

  it('are not known of a claim that was scored before a feature was', () => {
    const score = {
      ...plain,
      contributions: plain.contributions.filter(({ feature }) => feature !== 'noise'),
    };
    const state = claim({ ...approved, assessment: { ...claim().assessment, score } });
    expect(decidedClaim(state, claimModel)).toBeNull();
  });
});
