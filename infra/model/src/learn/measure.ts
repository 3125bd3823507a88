import { AUTO_CONFIDENCE, logistic, reasonedModel, type Measured } from '@recoup/detection';
import type { Example } from '../examples.js';
import { logOddsOf } from './calibrate.js';
import type { Fitted } from './fit.js';

/** Equally wide bins of confidence over which calibration is judged. */
const BINS = 20;
/** Normal quantile of 95 %, one-sided. */
const Z = 1.6448536269514722;

interface Said {
  readonly confidence: number;
  readonly approved: boolean;
}

/** How a model does on examples that it has not seen. */
export function measure(model: Fitted, examples: readonly Example[]): Measured {
  const said = saidOf(model, examples);
  const rules = saidOf(reasonedModel, examples);
  const baseRate = share(said.filter(({ approved }) => approved).length, said.length);
  const auto = said.filter(({ confidence }) => confidence >= AUTO_CONFIDENCE);
  const right = auto.filter(({ approved }) => approved).length;
  const reliability = binsOf(said);
  return {
    claims: said.length,
    baseRate: rounded(baseRate),
    brier: rounded(brier(said)),
    brierBaseRate: rounded(baseRate * (1 - baseRate)),
    brierRules: rounded(brier(rules)),
    logLoss: rounded(logLoss(said)),
    ece: rounded(eceOf(reliability)),
    eceRules: rounded(eceOf(binsOf(rules))),
    auto: {
      claims: auto.length,
      approved: right,
      precision: rounded(share(right, auto.length)),
      lowerBound: rounded(wilsonLowerBound(right, auto.length)),
    },
    reliability,
  };
}

function saidOf(model: Fitted, examples: readonly Example[]): Said[] {
  return examples.map((example) => ({
    confidence: logistic(logOddsOf(model, example)),
    approved: example.approved,
  }));
}

function brier(said: readonly Said[]): number {
  return mean(said, ({ confidence, approved }) => (confidence - (approved ? 1 : 0)) ** 2);
}

function logLoss(said: readonly Said[]): number {
  return mean(
    said,
    ({ confidence, approved }) => -Math.log(approved ? confidence : 1 - confidence),
  );
}

function binsOf(said: readonly Said[]): Measured['reliability'] {
  return Array.from({ length: BINS }, (_, nth) => {
    const within = said.filter(({ confidence }) => binOf(confidence) === nth);
    const approved = within.filter((one) => one.approved).length;
    const any = within.length > 0;
    return {
      from: nth / BINS,
      to: (nth + 1) / BINS,
      claims: within.length,
      confidence: any ? rounded(mean(within, ({ confidence }) => confidence)) : null,
      approved: any ? rounded(share(approved, within.length)) : null,
    };
  });
}

function binOf(confidence: number): number {
  return Math.min(BINS - 1, Math.floor(confidence * BINS));
}

/** Expected calibration error: how far what was said lies from what came, each bin by its share of the claims. */
function eceOf(bins: Measured['reliability']): number {
  const claims = bins.reduce((sum, bin) => sum + bin.claims, 0);
  return bins.reduce(
    (sum, bin) =>
      sum + share(bin.claims, claims) * Math.abs((bin.confidence ?? 0) - (bin.approved ?? 0)),
    0,
  );
}

/** The least share that so many successes leave credible, at 95 % one-sided (Wilson's score interval). 0 of none. */
export function wilsonLowerBound(successes: number, trials: number): number {
  if (trials === 0) return 0;
  const p = successes / trials;
  const z2 = (Z * Z) / trials;
  const half = Z * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials));
  return Math.max(0, (p + z2 / 2 - half) / (1 + z2));
}

function mean<T>(of: readonly T[], value: (one: T) => number): number {
  return of.length === 0 ? 0 : of.reduce((sum, one) => sum + value(one), 0) / of.length;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
