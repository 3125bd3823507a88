import { z } from 'zod';
import { calibrationSchema, claimSubtypeSchema, ownCalibrationSchema } from './claim-words.js';

const count = z.int().nonnegative();
const modelType = z.enum(['claims']);
const share = z.number().min(0).max(1);

/** The life of models that score claims: of what scores everybody's in the system's tenant, of what moves a seller's in the seller's. */
export const modelEvents = {
  /** A version that scored nothing before. Its arithmetic is told whole, so that every score of it can be done again. */
  'claim.model_published': z.object({
    modelType,
    modelVersion: z.string().min(1),
    /** SHA-256 of the claims that it learned from, and how many they were. */
    trainedOn: z.object({ data: z.literal('synthetic'), claims: count, sha256: z.string() }),
    calibration: calibrationSchema,
    /** Of the claims that it would have sent out by themselves. */
    auto: z.object({ claims: count, approved: count, lowerBound: share }),
    intercept: z.number(),
    weights: z.array(z.object({ feature: z.string(), weight: z.number() })),
    kinds: z.array(z.object({ subtype: claimSubtypeSchema, weight: z.number() })),
  }),
  /**
   * A seller's own outcomes moved what the model says of that seller's claims, by a slope and a shift of its log-odds; or,
   * with slope 1 and shift 0, what had moved it was taken back.
   */
  'claim.model_calibrated': z.object({
    modelType,
    modelVersion: z.string().min(1),
    ...ownCalibrationSchema.omit({ since: true }).shape,
    reason: z.enum(['better_on_held_out', 'worse_since', 'turned_off']),
  }),
} as const;
