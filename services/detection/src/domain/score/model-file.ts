import { claimSubtypeSchema } from '@recoup/contracts';
import { z } from 'zod';
import { featureNames, type FeatureName } from './features.js';
import { terms } from './terms.js';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** Claims of which the model said something between two probabilities, and what became of them. */
const binSchema = z.object({
  from: share,
  to: share,
  claims: count,
  /** What the model said on average. Null of a bin without claims, as the next. */
  confidence: share.nullable(),
  approved: share.nullable(),
});

/** How a model did on claims that it has not seen. */
const measuredSchema = z.object({
  claims: count,
  /** Share of them that was approved. */
  baseRate: share,
  brier: share,
  /** What saying the base rate of every claim would have got. */
  brierBaseRate: share,
  /** What the model before any data would have got. */
  brierRules: share,
  logLoss: z.number().nonnegative(),
  /** Expected calibration error over the bins below. */
  ece: share,
  eceRules: share,
  /** Claims that would go out by themselves; `lowerBound` is Wilson's, one-sided, of their share that was approved. */
  auto: z.object({ claims: count, approved: count, precision: share, lowerBound: share }),
  reliability: z.array(binSchema),
});
export type Measured = z.infer<typeof measuredSchema>;

/** A trained model as it is stored, with what it was trained on and how it did. */
export const modelFileSchema = z
  .object({
    version: z.string().min(1),
    trained: z.object({
      /** Where the data come from. There is no other kind. */
      data: z.literal('synthetic'),
      training: z.object({ worlds: count, claims: count }),
      calibration: z.object({ worlds: count, claims: count }),
      test: z.object({ worlds: count, claims: count }),
      /** SHA-256 of all claims that it was trained and calibrated on. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    intercept: z.number(),
    weights: z.record(z.enum(featureNames), z.number()),
    kinds: z.partialRecord(claimSubtypeSchema, z.number()),
    /** Features that differed among the training claims. The weights of the others are the reasoned ones, as calibrated. */
    learned: z.array(z.enum(featureNames)),
    /** Claims of each kind that it was trained on. */
    learnedKinds: z.partialRecord(claimSubtypeSchema, count),
    figures: z.object({
      same: measuredSchema,
      shifted: z.array(z.object({ name: z.string(), measured: measuredSchema })),
    }),
  })
  .refine(({ weights }) => featureNames.every((name) => mayBe(name, weights[name])), {
    error: 'a weight has the wrong direction',
    path: ['weights'],
  });
export type ModelFile = z.infer<typeof modelFileSchema>;

function mayBe(name: FeatureName, weight: number): boolean {
  return weight * terms[name].direction >= 0;
}
