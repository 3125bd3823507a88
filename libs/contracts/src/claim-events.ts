import { z } from 'zod';
import {
  allocationLineSchema,
  claimSubtypeSchema,
  claimTypeSchema,
  claimValueSchema,
  claimWindowSchema,
  scoreSchema,
  sourceRefSchema,
  tierSchema,
} from './claim-words.js';
import { daySchema, moneySchema, payableSchema } from './money.js';
import { outcomeEvents } from './outcome-events.js';
import { promptAnswerSchema, promptSchema } from './prompt-words.js';
import { coverageSchema, syncResourceSchema } from './sync-events.js';

const detectionId = z.string().min(1);
const claimId = z.string().min(1);

export const documentCheckSchema = z.object({
  type: z.string(),
  status: z.enum(['Available', 'Missing', 'Rejected']),
  reasons: z.array(z.string()),
  /** The documents of the seller that it rests on; left out where it is made of Amazon's own reports. */
  given: z.array(z.string()).optional(),
});
export type DocumentCheck = z.infer<typeof documentCheckSchema>;

/** A figure of a claim beside what the records come to; null: not known, or not told by them. */
const reckonedSchema = z.object({
  units: z.object({ claimed: z.int().positive(), recorded: z.int().nullable() }),
  amount: z.object({ claimed: payableSchema.nullable(), recorded: moneySchema.nullable() }),
});

/** Where an approved claim goes: the simulated case desk, an operator's queue, or the seller's own case desk. */
export const submissionChannelSchema = z.enum(['sandbox', 'queue', 'webhook']);

/** Which model scored the claim that was decided on; left out where no score had a say. */
const scoredBy = { modelVersion: z.string().optional() };

/** What is claimed at this moment; later events replace it as a whole. */
export const claimSubjectSchema = z.object({
  marketplaceId: z.string(),
  fnsku: z.string(),
  sku: z.string(),
  asin: z.string(),
  productName: z.string(),
  facility: z.string().nullable(),
  /** What else it is about; null where it is about no such thing. */
  orderId: z.string().nullable(),
  shipmentId: z.string().nullable(),
  removalOrderId: z.string().nullable(),
  reimbursementId: z.string().nullable(),
});

/** The window in place of the one that the claim held; left out where it is the same. */
const moved = { window: claimWindowSchema.optional() };

const assessed = {
  quantity: z.int().positive(),
  value: claimValueSchema,
  score: scoreSchema,
  tier: tierSchema,
  allocation: z.array(allocationLineSchema),
  sources: z.array(sourceRefSchema),
};

/** What one unit costs the seller from a day on, without shipping, duties and packaging; null takes the word back. */
export const unitCostSchema = z.object({
  sku: z.string().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code'),
  effectiveFrom: daySchema,
  unitCost: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'a decimal number')
    .nullable(),
});
export type GivenCost = z.infer<typeof unitCostSchema>;

export const claimEvents = {
  /** The seller asked for a detection over what the latest sync brought. */
  'claim.detection_requested': z.object({ detectionId }),
  'claim.detection_started': z.object({
    detectionId,
    syncId: z.string().nullable(),
    /** `manual`: somebody asked, or told something that claims follow from. */
    trigger: z.enum(['sync', 'manual', 'reprocess']),
    factsAsOf: z.int().nonnegative(),
    /** What the facts cover; left out by detections that a sync alone could start. */
    coverage: z.partialRecord(syncResourceSchema, coverageSchema).optional(),
  }),
  'claim.detection_completed': z.object({
    detectionId,
    syncId: z.string().nullable(),
    /** Claims this detection holds to be open, and how they differ from before. */
    claims: z.object({
      open: z.int().nonnegative(),
      new: z.int().nonnegative(),
      changed: z.int().nonnegative(),
      withdrawn: z.int().nonnegative(),
      expired: z.int().nonnegative(),
    }),
    /** Losses whose window had closed before they were first seen: nothing can be claimed for them. */
    pastWindow: z.object({ losses: z.int().nonnegative(), units: z.int().nonnegative() }),
    potential: z.array(payableSchema),
    amountUnknown: z.int().nonnegative(),
    /** Risks, counted as claims are; left out by detections that looked for none. */
    risks: z
      .object({
        open: z.int().nonnegative(),
        new: z.int().nonnegative(),
        changed: z.int().nonnegative(),
        cleared: z.int().nonnegative(),
      })
      .optional(),
    coverage: z.partialRecord(syncResourceSchema, coverageSchema),
  }),
  'claim.detection_failed': z.object({
    detectionId,
    syncId: z.string().nullable(),
    message: z.string(),
  }),

  /** What the seller said since: other rows stay as they are. */
  'claim.costs_given': z.object({ costs: z.array(unitCostSchema).min(1) }),

  /** A person says what no report of Amazon tells: another item came back, or a removal came damaged. */
  'claim.loss_asserted': z.object({
    assertionId: z.string().min(1),
    subtype: z.enum(['return_wrong_item', 'removal_damaged']),
    orderId: z.string().min(1).nullable(),
    removalOrderId: z.string().min(1).nullable(),
    sku: z.string().min(1),
    quantity: z.int().positive(),
    /** The day on which it was said, in the seller's calendar. */
    assertedOn: daySchema,
    note: z.string().nullable(),
  }),

  'claim.detected': z.object({
    claimId,
    detectionId,
    claimType: claimTypeSchema,
    subtype: claimSubtypeSchema,
    subject: claimSubjectSchema,
    ...claimWindowSchema.shape,
    /** Sources that it could not have been found without: their coverage is the claim's. */
    needs: z.array(syncResourceSchema),
    ...assessed,
  }),
  'claim.rescored': z.object({ claimId, detectionId, ...assessed, ...moved }),
  'claim.quantity_changed': z.object({
    claimId,
    detectionId,
    previousQuantity: z.int().positive(),
    reason: z.string(),
    ...assessed,
    ...moved,
  }),
  'claim.withdrawn': z.object({ claimId, detectionId, reason: z.string() }),
  /** `deadline`: the last day that was; a `window` says that it was no longer the one the claim held. */
  'claim.expired': z.object({ claimId, deadline: daySchema, ...moved }),

  /** What the evidence validator found; `successProbability` is P(approved) after evidence. */
  'claim.validated': z.object({
    claimId,
    quantity: z.int().positive(),
    requiredDocuments: z.enum(['Available', 'Missing', 'Rejected']),
    documents: z.array(documentCheckSchema),
    amazonCompliance: z.enum(['Verified', 'Not verified']),
    complianceReasons: z.array(z.string()),
    successProbability: z.number().min(0).max(1),
    /** What was reckoned anew from the records that it cites; left out where not all of them are stored. */
    reckoned: reckonedSchema.optional(),
  }),
  'claim.auto_submission_approved': z.object({
    claimId,
    successProbability: z.number().min(0).max(1),
    ...scoredBy,
  }),
  'claim.review_prompted': z.object({ claimId, prompt: promptSchema, ...scoredBy }),
  'claim.manual_review_queued': z.object({
    claimId,
    reasons: z.array(z.string()).min(1),
    /** Set where the claim is worth more than the seller lets go without an approval. */
    needsApproval: z.literal(true).optional(),
    ...scoredBy,
  }),
  /** What the seller answered to one prompt, for the quantity that was claimed then. */
  'claim.answered': z.object({
    claimId,
    promptId: z.string().min(1),
    quantity: z.int().positive(),
    answer: promptAnswerSchema,
  }),
  /**
   * The seller said: file it. Who said so is the event's actor; with a `promptId` it was said by the answer to that prompt.
   */
  'claim.submission_authorized': z.object({
    claimId,
    quantity: z.int().positive(),
    promptId: z.string().min(1).optional(),
  }),
  /** The seller said: file the denied claim anew, with documents that Amazon has not seen. */
  'claim.resubmission_authorized': z.object({
    claimId,
    quantity: z.int().positive(),
    documents: z.array(z.string().min(1)).min(1),
  }),
  /** The seller does not want this claim; later detections leave it alone. */
  'claim.dismissed': z.object({ claimId, reason: z.string().min(1) }),

  ...outcomeEvents,
} as const;
