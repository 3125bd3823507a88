import { z } from 'zod';
import { payableSchema } from './money.js';

/** How a claim that the seller calls settled was settled. */
export const settledSchema = z.enum(['found', 'replaced', 'paid']);
export type Settled = z.infer<typeof settledSchema>;

/** One question to the seller. Its id is another for every question, so that a late answer meets no other one. */
export const promptSchema = z.object({
  id: z.string().min(1),
  kind: z.enum([
    'confirm_not_found',
    'partnered_carrier',
    'unit_cost',
    'tracking_number',
    'measured_size',
    'document',
  ]),
  question: z.string(),
  /** The answers there are to choose from; empty where the answer is a number, a text or a file. */
  choices: z.array(z.string()),
  /** The document that is asked for; null for every other kind. */
  documentType: z.string().nullable(),
  /** The currency that an amount is asked in; null for every other kind. */
  currency: z.string().nullable(),
});
export type Prompt = z.infer<typeof promptSchema>;

const measure = z.string().regex(/^\d+(\.\d+)?$/, 'a decimal number');

/** The sides and the weight of one packed unit, as the seller measured them. */
export const measuredSizeSchema = z.object({
  longest: measure,
  median: measure,
  shortest: measure,
  lengthUnit: z.enum(['cm', 'in']),
  weight: measure,
  weightUnit: z.enum(['g', 'kg', 'oz', 'lb']),
});
export type MeasuredSize = z.infer<typeof measuredSizeSchema>;

/** What was answered, as it was understood. Null and `none`: the seller has no such thing. */
export const promptAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('confirm_not_found'),
    /** Null: it is still open. */
    settled: settledSchema.nullable(),
  }),
  z.object({ kind: z.literal('partnered_carrier'), partnered: z.boolean() }),
  z.object({ kind: z.literal('unit_cost'), unitCost: payableSchema }),
  z.object({ kind: z.literal('tracking_number'), trackingNumber: z.string().min(1).nullable() }),
  z.object({ kind: z.literal('measured_size'), size: measuredSizeSchema.nullable() }),
  z.object({ kind: z.literal('document'), documentType: z.string(), given: z.literal('none') }),
]);
export type PromptAnswer = z.infer<typeof promptAnswerSchema>;
