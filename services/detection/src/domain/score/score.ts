import type { ClaimSubtype, OwnCalibration, Score } from '@recoup/contracts';
import { featureNames, type Features } from './features.js';
import type { Model } from './model.js';
import { terms } from './terms.js';

const PLACES = 6;

/**
 * P(approved) = logistic(intercept + kind + Σ weight · feature), each term kept. Terms are rounded before they are added,
 * so that whoever adds up the shown contributions gets exactly the shown confidence.
 */
export function scoreOf(model: Model, subtype: ClaimSubtype, features: Features): Score {
  const ofFeatures = featureNames.map((feature) => {
    const value = rounded(features[feature] ?? 0);
    const logOdds = rounded(model.weights[feature] * value);
    return { feature, value, logOdds, why: terms[feature].why };
  });
  const kind = model.kinds[subtype];
  const ofModel =
    kind === undefined
      ? ofFeatures
      : [{ feature: `kind:${subtype}`, value: 1, logOdds: kind, why: OF_ITS_KIND }, ...ofFeatures];
  const contributions = model.own
    ? [...ofModel, ownTerm(model.own, sumOf(model, ofModel))]
    : ofModel;
  return {
    modelVersion: model.version,
    confidence: rounded(logistic(sumOf(model, contributions))),
    intercept: model.intercept,
    contributions,
    ...(model.calibration && { calibration: model.calibration }),
    ...(model.own && { own: model.own }),
  };
}

/** The name of the term by which a seller's own outcomes move its scores. */
export const OWN_OUTCOMES = 'own_outcomes';

/** The log-odds of a score before a seller's own outcomes moved them. */
export function unmoved({ intercept, contributions }: Score): number {
  return sumOf(
    { intercept },
    contributions.filter(({ feature }) => feature !== OWN_OUTCOMES),
  );
}

/** The slope and shift of a calibration as one more term, so that the shown terms still add up to the score. */
function ownTerm(
  { slope, shift }: Pick<OwnCalibration, 'slope' | 'shift'>,
  logOdds: number,
): Contribution {
  return {
    feature: OWN_OUTCOMES,
    value: rounded(logOdds),
    logOdds: rounded((slope - 1) * logOdds + shift),
    why: 'how Amazon has decided this seller’s earlier claims, beside what the model said of them',
  };
}

type Contribution = Score['contributions'][number];

function sumOf({ intercept }: Pick<Model, 'intercept'>, terms: readonly Contribution[]): number {
  return terms.reduce((sum, term) => sum + term.logOdds, intercept);
}

const OF_ITS_KIND = 'how much readier Amazon is to approve claims of this kind than others';

export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

function rounded(value: number): number {
  const result = Number(value.toFixed(PLACES));
  return result === 0 ? 0 : result; // no negative zero in an event
}
