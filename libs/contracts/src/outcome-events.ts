import { z } from 'zod';
import { daySchema, instantSchema, payableSchema } from './money.js';

const claimId = z.string().min(1);

/** What every decision of Amazon says: the case and the reason where they are known, and where we know it from. */
const decided = {
  amazonCaseId: z.string().min(1).nullable(),
  source: z.enum(['person', 'reports', 'desk']),
  reason: z.string().nullable(),
};

/** `amount` null: not told. `expectedOn`: the day on which the money is expected, null where nobody can tell. */
const agreed = { amount: payableSchema.nullable(), expectedOn: daySchema.nullable() };

/**
 * The row of a report that tells of a payment, by the key of its fact, and how many units of it are this claim's: of the
 * row's units those from `from` on. What other claims have had of a row is therefore known from their events.
 */
export const paidRowSchema = z.object({
  fact: z.string().min(1),
  from: z.int().nonnegative(),
  units: z.int().positive(),
});
export type PaidRow = z.infer<typeof paidRowSchema>;

/** In kind: units came back in place of money. `row` is left out where a person told of it. */
const payment = {
  reference: z.string().min(1),
  paidOn: daySchema,
  amount: payableSchema.nullable(),
  unitsInKind: z.int().nonnegative(),
  row: paidRowSchema.optional(),
};

/** What Amazon makes of a claim after it was found: decisions, money, silence. */
export const outcomeEvents = {
  /** Amazon agreed to all of it. The money is not there yet: `claim.paid` says when it is. */
  'claim.approved': z.object({ claimId, ...decided, ...agreed }),
  'claim.partially_approved': z.object({ claimId, ...decided, ...agreed }),
  'claim.denied': z.object({ claimId, ...decided }),
  /** One payment; a claim may be paid in several. */
  'claim.paid': z.object({ claimId, ...payment }),
  /** Amazon paid for units of a claim that nobody had asked it to. `unitsLeft`: those that are still owed. */
  'claim.paid_unasked': z.object({ claimId, ...payment, unitsLeft: z.int().nonnegative() }),
  /** Amazon took back what it had paid, unasked where it had paid so. `amount` is what it took, as a positive number. */
  'claim.reversed': z.object({
    claimId,
    reference: z.string().min(1),
    reversedOn: daySchema,
    amount: payableSchema,
    reason: z.string().nullable(),
    unasked: z.boolean().optional(),
    /** The payment that it takes back, where a report told of it. */
    original: z.string().min(1).optional(),
    row: paidRowSchema.optional(),
  }),
  /** The case was not answered for so many days: nothing more is expected of it. A later answer still counts. */
  'claim.unanswered': z.object({
    claimId,
    amazonCaseId: z.string().min(1),
    submittedAt: instantSchema,
    waitedDays: z.int().positive(),
  }),
  /** A payment names this claim in one way and another claim or product in another: a person has to look. */
  'claim.match_conflicted': z.object({
    claimId,
    reference: z.string().min(1),
    fact: z.string().min(1),
    reasons: z.array(z.string()).min(1),
  }),
  /** Nobody has filed it, and its last day comes near. */
  'claim.deadline_neared': z.object({
    claimId,
    deadline: daySchema,
    daysLeft: z.int().nonnegative(),
  }),
} as const;
