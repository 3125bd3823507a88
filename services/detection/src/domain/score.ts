import type { Score } from '@recoup/contracts';
import type { FeatureName, Features, Model } from './model.js';

const PLACES = 6;

/**
 * P(approved) = logistic(intercept + Σ weight · feature), each term kept. Terms are rounded before they are added, so
 * that whoever adds up the shown contributions gets exactly the shown confidence.
 */
export function scoreOf(model: Model, features: Features): Score {
  const contributions = (Object.keys(model.terms) as FeatureName[]).map((feature) => {
    const { weight, why } = model.terms[feature];
    const value = rounded(features[feature]);
    return { feature, value, logOdds: rounded(weight * value), why };
  });
  const logOdds = contributions.reduce((sum, term) => sum + term.logOdds, model.intercept);
  return {
    modelVersion: model.version,
    confidence: rounded(logistic(logOdds)),
    intercept: model.intercept,
    contributions,
  };
}

export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

function rounded(value: number): number {
  const result = Number(value.toFixed(PLACES));
  return result === 0 ? 0 : result; // no negative zero in an event
}
