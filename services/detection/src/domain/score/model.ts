import { createRequire } from 'node:module';
import type { ClaimSubtype, OwnCalibration, Score } from '@recoup/contracts';
import { featureNames, type FeatureName } from './features.js';
import { modelFileSchema, type ModelFile } from './model-file.js';
import { terms } from './terms.js';

export interface Model {
  readonly version: string;
  readonly intercept: number;
  /** Log-odds per unit of each feature. */
  readonly weights: Readonly<Record<FeatureName, number>>;
  /** Log-odds by which one kind of claim differs from the others; 0 for those that are not named. */
  readonly kinds: Readonly<Partial<Record<ClaimSubtype, number>>>;
  /** How well it is calibrated; absent of one that never was. */
  readonly calibration?: Score['calibration'];
  /** What a seller's own outcomes move of its log-odds; absent where they move nothing. */
  readonly own?: OwnCalibration;
}

/**
 * The model before any data: its weights are set by hand from the reasoning beside them. It says how sure the rules are in
 * the form of a probability, and is what a trained model is measured against.
 */
export const reasonedModel: Model = {
  version: 'claim-rules-2',
  intercept: -1.2,
  weights: Object.fromEntries(
    featureNames.map((name) => [name, terms[name].reasoned]),
  ) as Model['weights'],
  kinds: {},
};

/** Part of the program like its code: whoever changes it builds another version. Throws what the schema throws. */
export const claimModelFile: ModelFile = modelFileSchema.parse(
  createRequire(import.meta.url)('../../../models/claims.json'),
);

/** The model that scores claims. */
export const claimModel: Model = { ...claimModelFile, calibration: calibrationOf(claimModelFile) };

/** What is told of a model's calibration wherever it scores: on claims of the worlds that it was made for. */
function calibrationOf({ trained, figures: { same } }: ModelFile): Model['calibration'] {
  return { data: trained.data, claims: same.claims, ece: same.ece, brier: same.brier };
}
