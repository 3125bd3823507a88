import { featureNames, logistic } from '@recoup/detection';
import type { Example } from '../examples.js';
import type { Fitted } from './fit.js';

/** Newton's steps; a handful are enough, and a fixed number needs no stopping rule. */
const STEPS = 50;
/** Digits after the point that are kept of weights: more would only be the noise of the data. */
const PLACES = 4;

/** The log-odds of an example by a model. */
export function logOddsOf({ intercept, weights, kinds }: Fitted, example: Example): number {
  return featureNames.reduce(
    (sum, name, at) => sum + weights[name] * (example.features[at] ?? 0),
    intercept + (kinds[example.subtype] ?? 0),
  );
}

/**
 * Platt's calibration: the slope and shift of the log-odds that fit claims which the model was not trained on, folded into
 * its weights, so that they stay the whole of its arithmetic. Weights are rounded afterwards.
 */
export function calibrated(fitted: Fitted, examples: readonly Example[]): Fitted {
  const points = examples.map((example) => ({
    logOdds: logOddsOf(fitted, example),
    approved: example.approved ? 1 : 0,
  }));
  const { slope, shift } = platt(points);
  const scaled = (weights: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(weights).map(([name, weight]) => [name, rounded(slope * weight)]),
    );
  return {
    intercept: rounded(slope * fitted.intercept + shift),
    weights: scaled(fitted.weights) as Fitted['weights'],
    kinds: scaled(fitted.kinds),
  };
}

interface Point {
  readonly logOdds: number;
  readonly approved: number;
}

/** A slope below 0 would turn every direction round: it is held above. */
const LEAST_SLOPE = 0.05;

function platt(points: readonly Point[]): { slope: number; shift: number } {
  let [slope, shift] = [1, 0];
  for (let step = 0; step < STEPS; step += 1) {
    let [gSlope, gShift, hSlope, hShift, hBoth] = [0, 0, 1e-9, 1e-9, 0];
    for (const { logOdds, approved } of points) {
      const p = logistic(slope * logOdds + shift);
      const [error, spread] = [p - approved, p * (1 - p)];
      gSlope += error * logOdds;
      gShift += error;
      hSlope += spread * logOdds * logOdds;
      hShift += spread;
      hBoth += spread * logOdds;
    }
    const determinant = hSlope * hShift - hBoth * hBoth;
    if (determinant <= 0) break;
    slope = Math.max(LEAST_SLOPE, slope - (hShift * gSlope - hBoth * gShift) / determinant);
    shift -= (hSlope * gShift - hBoth * gSlope) / determinant;
  }
  return { slope, shift };
}

function rounded(value: number): number {
  const result = Number(value.toFixed(PLACES));
  return result === 0 ? 0 : result; // no negative zero in a file
}
