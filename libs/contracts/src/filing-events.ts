import { z } from 'zod';
import { submissionChannelSchema } from './claim-events.js';
import { instantSchema, payableSchema } from './money.js';

const claimId = z.string().min(1);
const idempotencyKey = z.string().min(1);

/** How an approved claim is brought to a case: what is asked for, what leaves, and what came of it. */
export const filingEvents = {
  /** A person approved filing what is claimed now, although it is worth more than the seller's limit. */
  'claim.filing_approved': z.object({
    claimId,
    quantity: z.int().positive(),
    amount: payableSchema,
  }),
  /** The intent to file, written before any outbound call; the key makes a repeated call harmless. */
  'claim.submission_requested': z.object({
    claimId,
    channel: submissionChannelSchema,
    idempotencyKey,
    quantity: z.int().positive(),
  }),
  /** Nobody has filed it yet: a person must, from the operator's queue. */
  'claim.queued_for_filing': z.object({ claimId }),
  /**
   * One call that left, with what came of it, for the record of automated acts. `interrupted`: the process that called
   * did not live to hear the answer. What the outcome means for the claim is said by an event of its own.
   */
  'claim.filing_called': z.object({
    claimId,
    channel: submissionChannelSchema,
    idempotencyKey,
    kind: z.enum(['submit', 'look_up']),
    outcome: z.enum([
      ...['filed', 'handed_over', 'refused', 'not_now', 'unknown'],
      ...['found', 'not_known', 'interrupted'],
    ] as const),
    /** What was answered, or why nothing was; null where the outcome says all. */
    said: z.string().nullable(),
  }),
  /** The call went out and its outcome is unknown: it is looked up, never blindly repeated. */
  'claim.submission_unconfirmed': z.object({
    claimId,
    idempotencyKey: z.string(),
    reason: z.string(),
  }),
  /** The seller's own case desk has taken it. Whether Amazon has a case is not known until the desk tells its number. */
  'claim.handed_over': z.object({ claimId, idempotencyKey, handedOverAt: instantSchema }),
  'claim.submitted': z.object({
    claimId,
    channel: submissionChannelSchema,
    amazonCaseId: z.string().min(1),
    submittedAt: instantSchema,
  }),
} as const;
