import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featureNames as names, type FeatureName, type Features } from './features.js';
import { claimModel } from './model.js';
import { logistic, scoreOf } from './score.js';
import { AUTO_CONFIDENCE, PROMPT_CONFIDENCE, tierOf, type Gates } from './tier.js';

const score = (given: Features) => scoreOf(claimModel, 'lost_warehouse', given);
const features: fc.Arbitrary<Required<Features>> = fc
  .tuple(...names.map(() => fc.double({ min: 0, max: 6, noNaN: true })))
  .map(
    (values) => Object.fromEntries(names.map((name, n) => [name, values[n]])) as Required<Features>,
  );

/** The direction in which each feature may move a claim, whatever else is true of it. */
const mayOnlyRaise: FeatureName[] = [
  'stated_by_amazon',
  'age_share',
  'one_centre',
  'value_known',
  'pair_complete',
  'exact_match',
  'repeats',
  'excess_share',
];
const mayOnlyLower: FeatureName[] = [
  'settling',
  'last_days',
  'noise',
  'settled_share',
  'size',
  'unsellable',
  'partial_sources',
];

describe('given a model', () => {
  it('then every feature has its direction', () => {
    expect([...mayOnlyRaise, ...mayOnlyLower].sort()).toEqual([...names].sort());
  });

  it('then the confidence is a probability, and exactly what its shown terms add up to', () => {
    fc.assert(
      fc.property(features, (given) => {
        const { confidence, intercept, contributions } = score(given);
        const logOdds = contributions.reduce((sum, term) => sum + term.logOdds, intercept);
        expect(confidence).toBe(Number(logistic(logOdds).toFixed(6)));
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(contributions.map((term) => term.feature)).toEqual(names);
      }),
    );
  });

  it.each(mayOnlyRaise)('then more of %s never lowers the confidence', (name) => {
    expectMonotone(name, (less, more) => {
      expect(more).toBeGreaterThanOrEqual(less);
    });
  });

  it.each(mayOnlyLower)('then more of %s never raises the confidence', (name) => {
    expectMonotone(name, (less, more) => {
      expect(more).toBeLessThanOrEqual(less);
    });
  });
});

function expectMonotone(name: FeatureName, check: (less: number, more: number) => void): void {
  const step = fc.double({ min: 0.01, max: 5, noNaN: true });
  fc.assert(
    fc.property(features, step, (given, more) => {
      const raised = { ...given, [name]: given[name] + more };
      check(score(given).confidence, score(raised).confidence);
    }),
  );
  const none = Object.fromEntries(names.map((other) => [other, 0])) as Features;
  const before = score(none).confidence;
  expect(score({ ...none, [name]: 1 }).confidence).not.toBe(before);
}

describe('given a confidence and its gates', () => {
  const worth = (amount: string): Gates['value'] => ({
    basis: 'paid_history',
    perUnit: { amount, currency: 'USD' },
    total: { amount, currency: 'USD' },
  });
  const open: Gates = { value: worth('120.00'), neverAuto: false, sourcesComplete: true };
  const unknown: Gates['value'] = { basis: 'unknown', perUnit: null, total: null };

  it('then the tiers begin where they say', () => {
    expect(tierOf(AUTO_CONFIDENCE, open)).toBe('auto');
    expect(tierOf(AUTO_CONFIDENCE - 0.000001, open)).toBe('prompt');
    expect(tierOf(PROMPT_CONFIDENCE, open)).toBe('prompt');
    expect(tierOf(PROMPT_CONFIDENCE - 0.000001, open)).toBe('manual');
  });

  const holding: [string, Partial<Gates>][] = [
    ['an unknown value', { value: unknown }],
    ['a policy that forbids it', { neverAuto: true }],
    ['a source that was read in part', { sourcesComplete: false }],
  ];
  it.each(holding)('then %s keeps any score from going out by itself', (_, gate) => {
    expect(tierOf(1, { ...open, ...gate })).toBe('prompt');
    expect(tierOf(0.2, { ...open, ...gate })).toBe('manual');
  });

  it('then a person approves what is above the amount, and not what is at it', () => {
    expect(tierOf(1, { ...open, value: worth('500.00') })).toBe('auto');
    expect(tierOf(1, { ...open, value: worth('500.01') })).toBe('manual');
  });
});
