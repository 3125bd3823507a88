import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featureNames as names, type Features } from './features.js';
import { modelFileSchema } from './model-file.js';
import { claimModel, claimModelFile } from './model.js';
import { logistic, scoreOf, unmoved } from './score.js';
import { terms } from './terms.js';
import { AUTO_CONFIDENCE, PROMPT_CONFIDENCE, tierOf, type Gates } from './tier.js';

const score = (given: Features) => scoreOf(claimModel, 'lost_warehouse', given);
const features: fc.Arbitrary<Required<Features>> = fc
  .tuple(...names.map(() => fc.double({ min: 0, max: 6, noNaN: true })))
  .map(
    (values) => Object.fromEntries(names.map((name, n) => [name, values[n]])) as Required<Features>,
  );

const directed = names.map((name) => [name, terms[name].direction] as const);

describe('given a model', () => {
  it('then the confidence is a probability, and exactly what its shown terms add up to', () => {
    fc.assert(
      fc.property(features, (given) => {
        const { confidence, intercept, contributions } = score(given);
        const logOdds = contributions.reduce((sum, term) => sum + term.logOdds, intercept);
        expect(confidence).toBe(Number(logistic(logOdds).toFixed(6)));
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        const ofFeatures = contributions.filter(({ feature }) => !feature.startsWith('kind:'));
        expect(ofFeatures.map((term) => term.feature)).toEqual(names);
      }),
    );
  });

  it.each(directed)(
    'then more of %s only moves the confidence in its direction',
    (name, direction) => {
      const step = fc.double({ min: 0.01, max: 5, noNaN: true });
      fc.assert(
        fc.property(features, step, (given, more) => {
          const raised = { ...given, [name]: given[name] + more };
          const change = score(raised).confidence - score(given).confidence;
          expect(change * direction).toBeGreaterThanOrEqual(0);
        }),
      );
    },
  );

  it('then a file in which a weight has turned round is refused', () => {
    const turned = {
      ...claimModelFile,
      weights: { ...claimModelFile.weights, settled_share: 0.1 },
    };
    expect(modelFileSchema.safeParse(claimModelFile).success).toBe(true);
    expect(modelFileSchema.safeParse(turned).error?.issues[0]?.message).toMatch(/wrong direction/);
  });

  it('then a seller’s own outcomes are one more term of the same sum', () => {
    fc.assert(
      fc.property(features, (given) => {
        const since = '2026-11-21T10:00:00.000Z';
        const outcomes = { learned: 60, heldOut: 30 };
        const own = { slope: 0.8, shift: -0.4, outcomes, logLoss: null, since };
        const plain = score(given);
        const moved = scoreOf({ ...claimModel, own }, 'lost_warehouse', given);
        expect(unmoved(moved)).toBe(unmoved(plain));
        expect(moved.own).toEqual(own);
        expect(moved.confidence).toBeCloseTo(logistic(0.8 * unmoved(plain) - 0.4), 5);
        const sum = moved.contributions.reduce((all, term) => all + term.logOdds, moved.intercept);
        expect(moved.confidence).toBe(Number(logistic(sum).toFixed(6)));
      }),
    );
  });

  it('then most of its features weigh something', () => {
    expect(names.filter((name) => claimModel.weights[name] !== 0).length).toBeGreaterThan(10);
  });
});

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
