import { z } from 'zod';
import { daySchema, payableSchema } from './money.js';

/** The four kinds of claim the API speaks of. */
export const claimTypeSchema = z.enum([
  'lost_inventory',
  'damaged_goods',
  'fee_overcharge',
  'missing_reimbursement',
]);
export type ClaimType = z.infer<typeof claimTypeSchema>;

/** The detector that found it. */
export const claimSubtypeSchema = z.enum(['lost_warehouse', 'damaged_warehouse']);
export type ClaimSubtype = z.infer<typeof claimSubtypeSchema>;

/** Who acts next: the system, the seller answering one question, or a person looking at it. */
export const tierSchema = z.enum(['auto', 'prompt', 'manual']);
export type Tier = z.infer<typeof tierSchema>;

/** A value and where it comes from. `unknown` is null, never a made-up number. */
export const claimValueSchema = z.object({
  basis: z.enum(['paid_history', 'sourcing_cost', 'unknown']),
  perUnit: payableSchema.nullable(),
  total: payableSchema.nullable(),
});
export type ClaimValue = z.infer<typeof claimValueSchema>;

/** One term of a score: the feature as it was read and what it added, in log-odds. */
export const contributionSchema = z.object({
  feature: z.string(),
  value: z.number(),
  logOdds: z.number(),
  why: z.string(),
});

/** P(approved) with the whole of its arithmetic: `confidence = logistic(intercept + Σ logOdds)`. */
export const scoreSchema = z.object({
  modelVersion: z.string(),
  confidence: z.number().min(0).max(1),
  intercept: z.number(),
  contributions: z.array(contributionSchema),
});
export type Score = z.infer<typeof scoreSchema>;

/** The policy row that opened the claim: a fact from outside, with its source. */
export const citedPolicySchema = z.object({
  name: z.string(),
  effectiveFrom: daySchema,
  effectiveTo: daySchema.nullable(),
  source: z.string(),
});
export type CitedPolicy = z.infer<typeof citedPolicySchema>;

/** One line of the allocation: what used up units of this loss, or what is left of it. */
export const allocationLineSchema = z.object({
  kind: z.enum(['lost', 'damaged', 'found', 'reimbursed', 'transferred', 'corrected', 'disposed']),
  day: daySchema,
  quantity: z.int().positive(),
  reference: z.string(),
  facility: z.string().nullable(),
});
export type AllocationLine = z.infer<typeof allocationLineSchema>;

/** A fact that the claim rests on, by kind and identity. */
export const sourceRefSchema = z.object({ kind: z.string(), key: z.string() });
export type SourceRef = z.infer<typeof sourceRefSchema>;
