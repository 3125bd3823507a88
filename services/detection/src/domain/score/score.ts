import type { ClaimSubtype, Score } from '@recoup/contracts';
import { featureNames, type Features } from './features.js';
import type { Model } from './model.js';

const PLACES = 6;

/**
 * P(approved) = logistic(intercept + kind + Σ weight · feature), each term kept. Terms are rounded before they are added,
 * so that whoever adds up the shown contributions gets exactly the shown confidence.
 */
export function scoreOf(model: Model, subtype: ClaimSubtype, features: Features): Score {
  const terms = featureNames.map((feature) => {
    const { weight, why } = model.terms[feature];
    const value = rounded(features[feature] ?? 0);
    return { feature, value, logOdds: rounded(weight * value), why };
  });
  const kind = model.kinds[subtype];
  const contributions =
    kind === undefined
      ? terms
      : [{ feature: `kind:${subtype}`, value: 1, logOdds: kind, why: OF_ITS_KIND }, ...terms];
  const logOdds = contributions.reduce((sum, term) => sum + term.logOdds, model.intercept);
  return {
    modelVersion: model.version,
    confidence: rounded(logistic(logOdds)),
    intercept: model.intercept,
    contributions,
  };
}

const OF_ITS_KIND = 'how much readier Amazon is to approve claims of this kind than others';

export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

function rounded(value: number): number {
  const result = Number(value.toFixed(PLACES));
  return result === 0 ? 0 : result; // no negative zero in an event
}
