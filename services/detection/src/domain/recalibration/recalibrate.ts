import { createHash } from 'node:crypto';
import type { EventData } from '@recoup/contracts';
import {
  fitCalibration,
  logLossOf,
  NO_CALIBRATION,
  type DecidedClaim,
  type Moves,
} from './platt.js';

/** Outcomes of its own without which a seller's claims are scored like everybody's. */
export const LEAST_OUTCOMES = 60;
/** By how much the mean log loss on outcomes held out must fall. */
export const MARGIN = 0.01;
/** Every so many-th outcome is held out, by its id: a claim is never learned from in one run and held out in another. */
const HOLD_OUT = 3;

export interface Recalibration {
  readonly modelVersion: string;
  /** Off unless the seller has said otherwise. */
  readonly isOn: boolean;
  /** What is in force, of this version of the model; a new version starts from nothing. */
  readonly current: Moves;
  /** This seller's decided claims. */
  readonly claims: readonly DecidedClaim[];
}

export type Calibrated = Omit<EventData<'claim.model_calibrated'>, 'modelType'>;

/**
 * Whether a seller's own outcomes shall move what the model says of its claims. A calibration is promoted only when it is
 * better on outcomes that it has not learned from, by a margin; one that has become worse than none on them is taken back,
 * and so is any that the seller turns off. Null where nothing changes. Pure: the same outcomes decide the same.
 */
export function recalibrate(given: Recalibration): Calibrated | null {
  const { isOn, current } = given;
  if (!isOn) return isNone(current) ? null : calibrated(given, NO_CALIBRATION, 'turned_off');
  if (given.claims.length < LEAST_OUTCOMES) return null;
  const { learned, heldOut } = parts(given.claims);
  const candidate = fitCalibration(learned);
  const best = isBetter(heldOut, candidate, NO_CALIBRATION);
  if (best && isBetter(heldOut, candidate, current)) {
    return calibrated(given, candidate, 'better_on_held_out');
  }
  const gotWorse = !isNone(current) && isBetter(heldOut, NO_CALIBRATION, current);
  return gotWorse ? calibrated(given, NO_CALIBRATION, 'worse_since') : null;
}

function isBetter(heldOut: readonly DecidedClaim[], now: Moves, before: Moves) {
  return logLossOf(heldOut, now) < logLossOf(heldOut, before) - MARGIN;
}

/** Whether it moves nothing. */
export function isNone({ slope, shift }: Moves): boolean {
  return slope === NO_CALIBRATION.slope && shift === NO_CALIBRATION.shift;
}

function parts(claims: readonly DecidedClaim[]) {
  const byId = [...claims].sort((a, b) => (a.claimId < b.claimId ? -1 : 1));
  return {
    learned: byId.filter((claim) => !isHeldOut(claim)),
    heldOut: byId.filter(isHeldOut),
  };
}

function isHeldOut({ claimId }: DecidedClaim): boolean {
  return createHash('sha256').update(claimId).digest().readUInt32BE() % HOLD_OUT === 0;
}

function calibrated(
  { modelVersion, current, claims }: Recalibration,
  { slope, shift }: Moves,
  reason: Calibrated['reason'],
): Calibrated {
  const { learned, heldOut } = parts(claims);
  return {
    modelVersion,
    slope,
    shift,
    reason,
    outcomes: { learned: learned.length, heldOut: heldOut.length },
    logLoss:
      heldOut.length === 0
        ? null
        : { before: logLossOf(heldOut, current), after: logLossOf(heldOut, { slope, shift }) },
  };
}
