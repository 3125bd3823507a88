import { z } from 'zod';
import { plainText } from './plain-text.js';

/** Amounts beyond this are slips of the hand: no number of major units that long is still exact to the cent. */
const MOST_MONEY = 1e12;

const MOST_UNITS = 100_000;

/** The id that Amazon gave a case. */
const caseId = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,64}$/, 'is no case id');

/** Amazon's numbers of orders and removals, and SKUs, as people copy them. */
const identifier = z
  .string()
  .trim()
  .regex(/^[\x20-\x7e]{1,100}$/, 'is no identifier');

/** An answer to the question that is open. */
export const answerSchema = z.object({
  /** What each kind of question takes is said where it is refused: a text, a yes or a no, a number, measures. */
  answer: z.union([
    z.string().max(500),
    z.number(),
    z.boolean(),
    z.record(z.string(), z.unknown()),
  ]),
  /** The question that it is meant for: another one that is open by then is not answered by mistake. */
  promptId: z.string().min(1).max(100).nullish().default(null),
});

/** What Amazon decided. */
export const outcomeSchema = z.object({
  outcome: z.enum(['approved', 'partially_approved', 'denied']),
  amazonCaseId: caseId.nullish().default(null),
  /** Major units, in the claim's currency. */
  amount: z.number().positive().max(MOST_MONEY).nullish().default(null),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'is no ISO 4217 code')
    .nullish()
    .default(null),
  reason: plainText,
});

/** Why a claim is dropped. */
export const dismissalSchema = z.object({ reason: plainText }).nullish();

/** The case that a person opened. */
export const filedSchema = z.object({ amazonCaseId: caseId });

/** A loss that only a person can see. */
export const assertionSchema = z.object({
  subtype: z.enum(['return_wrong_item', 'removal_damaged']),
  /** The order for which another item came back. */
  orderId: identifier.nullish().default(null),
  /** The removal that came damaged. */
  removalOrderId: identifier.nullish().default(null),
  sku: identifier,
  quantity: z.int().min(1).max(MOST_UNITS),
  note: plainText,
});
