import { logistic, reasonedModel, terms, type FeatureName, type Model } from '@recoup/detection';
import { varying, type Columns } from './columns.js';

/** Claims against which one unit of distance from the reasoned weights weighs as much (ridge). */
const RIDGE = 20;
/** For kinds there is no reasoned weight: what a few hundred claims of one say must count almost whole. */
const RIDGE_OF_KINDS = 4;
/** Fixed, so that the result does not depend on a stopping rule; many more than the weights take to come to rest. */
const SWEEPS = 300;

/** A weight being learned, with the values that it multiplies. */
interface Coordinate {
  readonly values: Float64Array;
  readonly towards: number;
  readonly ridge: number;
  /** 1: never below 0; -1: never above; 0: free. */
  readonly direction: number;
  weight: number;
}

export type Fitted = Omit<Model, 'version'>;

/**
 * Logistic regression by coordinate descent: each weight in turn goes down its own slope by the most that the curvature of
 * the logistic function allows, never beyond 0 against its direction, held back towards the reasoned weight by a ridge. A
 * feature that is the same for all claims cannot be learned and keeps the reasoned weight. The same columns give the same
 * bits: nothing is drawn, and sums run in the order of the claims.
 */
export function fit(columns: Columns): Fitted {
  const learned = varying(columns);
  const features = learned.map((name) => [name, ofFeature(name, columns)] as const);
  const kinds = [...columns.ofKind].map(
    ([kind, values]) => [kind, free(values, RIDGE_OF_KINDS)] as const,
  );
  const intercept = free(new Float64Array(columns.count).fill(1), 0);
  const all = [intercept, ...features.map(([, one]) => one), ...kinds.map(([, one]) => one)];
  descend(all, columns.approved);
  const weights: Record<FeatureName, number> = { ...reasonedModel.weights };
  for (const [name, { weight }] of features) weights[name] = weight;
  return {
    // What features that never vary would have added is in the intercept, and must not count twice.
    intercept: intercept.weight - constantPart(columns, learned),
    weights,
    kinds: Object.fromEntries(kinds.map(([kind, { weight }]) => [kind, weight])),
  };
}

function ofFeature(name: FeatureName, { ofFeature: values }: Columns): Coordinate {
  const { direction, reasoned } = terms[name];
  return { values: values[name], towards: reasoned, ridge: RIDGE, direction, weight: 0 };
}

function free(values: Float64Array, ridge: number): Coordinate {
  return { values, towards: 0, ridge, direction: 0, weight: 0 };
}

function constantPart({ ofFeature: values }: Columns, learned: readonly FeatureName[]): number {
  return Object.entries(values)
    .filter(([name]) => !learned.includes(name as FeatureName))
    .reduce(
      (sum, [name, column]) => sum + reasonedModel.weights[name as FeatureName] * (column[0] ?? 0),
      0,
    );
}

function descend(coordinates: readonly Coordinate[], approved: Float64Array): void {
  const logOdds = new Float64Array(approved.length);
  const curvatures = coordinates.map(
    ({ values, ridge }) => values.reduce((sum, value) => sum + value * value, 0) / 4 + ridge,
  );
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const [at, coordinate] of coordinates.entries()) {
      const step = slopeOf(coordinate, logOdds, approved) / (curvatures[at] ?? 1);
      move(coordinate, step, logOdds);
    }
  }
}

function slopeOf(
  { values, weight, towards, ridge }: Coordinate,
  logOdds: Float64Array,
  approved: Float64Array,
): number {
  let slope = ridge * (weight - towards);
  for (const [n, value] of values.entries()) {
    if (value !== 0) slope += (logistic(logOdds[n] ?? 0) - (approved[n] ?? 0)) * value;
  }
  return slope;
}

function move(coordinate: Coordinate, step: number, logOdds: Float64Array): void {
  const { values, direction, weight } = coordinate;
  const wanted = weight - step;
  const allowed = direction !== 0 && wanted * direction < 0 ? 0 : wanted;
  coordinate.weight = allowed;
  for (const [n, value] of values.entries()) {
    if (value !== 0) logOdds[n] = (logOdds[n] ?? 0) + (allowed - weight) * value;
  }
}
