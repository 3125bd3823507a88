import { logistic } from '../score/score.js';

/** Log-odds become slope · log-odds + shift. */
export interface Moves {
  /** Above 0: no calibration turns a direction round. */
  readonly slope: number;
  readonly shift: number;
}

/** Moves nothing. */
export const NO_CALIBRATION: Moves = { slope: 1, shift: 0 };

/** A claim that was decided: the log-odds that the model gave it, unmoved, and what Amazon said. */
export interface DecidedClaim {
  readonly claimId: string;
  readonly logOdds: number;
  readonly approved: boolean;
}

/** Decided claims against which one unit of distance from no calibration weighs as much: few outcomes move little. */
const RIDGE = 5;
const LEAST_SLOPE = 0.05;
const STEPS = 50;

/**
 * The slope and shift that fit decided claims best (Platt), held back towards moving nothing. Newton's steps of a fixed
 * number, in the order of the claims: the same claims give the same bits.
 */
export function fitCalibration(claims: readonly DecidedClaim[]): Moves {
  let { slope, shift } = NO_CALIBRATION;
  for (let step = 0; step < STEPS; step += 1) {
    let [gSlope, gShift] = [RIDGE * (slope - 1), RIDGE * shift];
    let [hSlope, hShift, hBoth] = [RIDGE, RIDGE, 0];
    for (const { logOdds, approved } of claims) {
      const p = logistic(slope * logOdds + shift);
      const [error, spread] = [p - (approved ? 1 : 0), p * (1 - p)];
      gSlope += error * logOdds;
      gShift += error;
      hSlope += spread * logOdds * logOdds;
      hShift += spread;
      hBoth += spread * logOdds;
    }
    // Above 0 always: the ridge stands on the diagonal.
    const determinant = hSlope * hShift - hBoth * hBoth;
    slope = Math.max(LEAST_SLOPE, slope - (hShift * gSlope - hBoth * gShift) / determinant);
    shift -= (hSlope * gShift - hBoth * gSlope) / determinant;
  }
  return { slope: rounded(slope), shift: rounded(shift) };
}

/** Mean log loss of decided claims with a calibration; 0 of none. */
export function logLossOf(claims: readonly DecidedClaim[], { slope, shift }: Moves): number {
  const losses = claims.map(({ logOdds, approved }) => {
    const moved = slope * logOdds + shift;
    // log(1 + e^-x), of the side that came: exact where the probability itself would round to 0 or 1.
    return Math.log1p(Math.exp(-Math.abs(moved))) + Math.max(0, approved ? -moved : moved);
  });
  return losses.length === 0 ? 0 : losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

function rounded(value: number): number {
  const result = Number(value.toFixed(4));
  return result === 0 ? 0 : result; // no negative zero in an event
}
