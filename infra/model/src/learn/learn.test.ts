import { featureNames, reasonedModel, terms, type FeatureName } from '@recoup/detection';
import { randomFrom } from '@recoup/sandbox';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Example } from '../examples.js';
import { calibrated, logOddsOf } from './calibrate.js';
import { columnsOf } from './columns.js';
import { fit } from './fit.js';
import { measure, wilsonLowerBound } from './measure.js';

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const place = (name: FeatureName) => featureNames.indexOf(name);

/** Claims of two features, approved by a law that is known. */
function lawful(count: number, law: { intercept: number; noise: number; age_share: number }) {
  const random = randomFrom(count);
  return Array.from({ length: count }, (): Example => {
    const features = featureNames.map(() => 0);
    features[place('noise')] = Math.floor(random() * 4);
    features[place('age_share')] = random();
    const logOdds =
      law.intercept +
      law.noise * (features[place('noise')] ?? 0) +
      law.age_share * (features[place('age_share')] ?? 0);
    return { subtype: 'lost_warehouse', features, approved: random() < logistic(logOdds) };
  });
}

const kinds = ['lost_warehouse'] as const;

describe('given claims that were approved by a known law', () => {
  const law = { intercept: 1, noise: -0.7, age_share: 1.5 };

  it('then the weights that are learned are near it', () => {
    const { weights } = fit(columnsOf(lawful(20_000, law), []));
    expect(weights.noise).toBeCloseTo(law.noise, 1);
    expect(Math.abs(weights.age_share - law.age_share)).toBeLessThan(0.2);
  });

  it('then a feature that never varied keeps its reasoned weight', () => {
    const { weights } = fit(columnsOf(lawful(500, law), []));
    expect(weights.exact_match).toBe(reasonedModel.weights.exact_match);
  });

  it('then what calibration says of other claims comes true', () => {
    const fitted = fit(columnsOf(lawful(4_000, law), kinds));
    const skewed = { ...fitted, intercept: fitted.intercept + 2 };
    const test = lawful(20_001, law);
    expect(measure(skewed, test).ece).toBeGreaterThan(0.1);
    expect(measure(calibrated(skewed, lawful(4_001, law)), test).ece).toBeLessThan(0.02);
  });

  it('then the same claims give the same bits', () => {
    const learn = () => calibrated(fit(columnsOf(lawful(2_000, law), kinds)), lawful(500, law));
    expect(JSON.stringify(learn())).toBe(JSON.stringify(learn()));
  });
});

describe('given any claims at all', () => {
  const examples = fc.array(
    fc.record({
      subtype: fc.constant('lost_warehouse' as const),
      features: fc.tuple(...featureNames.map(() => fc.double({ min: 0, max: 3, noNaN: true }))),
      approved: fc.boolean(),
    }),
    { minLength: 2, maxLength: 40 },
  );

  it('then no weight turns against its direction', () => {
    fc.assert(
      fc.property(examples, examples, (training, calibration) => {
        const { weights } = calibrated(fit(columnsOf(training, [])), calibration);
        for (const name of featureNames) {
          expect(weights[name] * terms[name].direction).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('then every one of them is in one bin, and the figures are shares', () => {
    fc.assert(
      fc.property(examples, (seen) => {
        const measured = measure(reasonedModel, seen);
        const inBins = measured.reliability.reduce((sum, { claims }) => sum + claims, 0);
        expect(inBins).toBe(seen.length);
        expect(measured.ece).toBeLessThanOrEqual(1);
        expect(measured.auto.lowerBound).toBeLessThanOrEqual(measured.auto.precision + 0.0001);
      }),
    );
  });
});

it('a law against a direction is learned as no effect', () => {
  const { weights } = fit(columnsOf(lawful(3_000, { intercept: 0, noise: 0.8, age_share: 0 }), []));
  expect(weights.noise).toBe(0);
});

it.each([
  [0, 0, 0],
  [80, 100, 0.7265],
  [10, 10, 0.787],
])('Wilson’s lower bound of %d of %d is %d', (successes, trials, bound) => {
  expect(wilsonLowerBound(successes, trials)).toBeCloseTo(bound, 3);
});

it('log-odds are the sum of intercept, kind and features', () => {
  const example: Example = {
    subtype: 'lost_warehouse',
    features: featureNames.map(() => 1),
    approved: true,
  };
  const model = { intercept: 1, weights: reasonedModel.weights, kinds: { lost_warehouse: 2 } };
  const ofFeatures = featureNames.reduce((sum, name) => sum + reasonedModel.weights[name], 0);
  expect(logOddsOf(model, example)).toBeCloseTo(3 + ofFeatures, 9);
});
