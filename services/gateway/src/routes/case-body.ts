import {
  allocationLineSchema,
  calibrationSchema,
  ownCalibrationSchema,
  citedPolicySchema,
  claimTypeSchema,
  contributionSchema,
  documentCheckSchema,
  promptSchema,
  sourceRefSchema,
  tierSchema,
} from '@recoup/contracts';
import { z } from 'zod';
import { offerSchema } from './claim-offers.js';
import { waitingSchema } from './claim-waiting.js';

export const timelineSchema = z.object({
  timestamp: z.string(),
  title: z.string(),
  description: z.string(),
  type: z.enum(['detection', 'analysis', 'generation', 'submission', 'update', 'completion']),
});

const paymentSchema = z.object({
  date: z.string(),
  reference: z.string(),
  /** Major units; null where the sum was not told, and where units came back in place of money. */
  amount: z.number().nullable(),
  currency: z.string(),
  unitsInKind: z.int(),
});

/** A claim with all that is known of it. */
export const caseSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.string(),
  submission_status: z.string(),
  type: z.string(),
  claimType: claimTypeSchema,
  subtype: z.string(),
  tier: tierSchema,
  /** Major units; 0 with `amountKnown` false where no value is known. */
  guaranteedAmount: z.number(),
  amountKnown: z.boolean(),
  currency: z.string(),
  /** What Amazon agreed to; null where it has not, or did not say how much. */
  approvedAmount: z.number().nullable(),
  /** Paid, less what was taken back. */
  paidAmount: z.number(),
  payments: z.array(paymentSchema),
  reversals: z.array(paymentSchema),
  expectedPayoutDate: z.string().nullable(),
  createdDate: z.string(),
  lossDate: z.string(),
  /** The first and the last day on which it can be filed, in the marketplace's calendar. */
  opensOn: z.string(),
  deadline: z.string(),
  amazonCaseId: z.string().nullable(),
  orderId: z.string().nullable(),
  sku: z.string(),
  asin: z.string(),
  fnsku: z.string(),
  productName: z.string(),
  facility: z.string().nullable(),
  shipmentId: z.string().nullable(),
  removalOrderId: z.string().nullable(),
  reimbursementId: z.string().nullable(),
  /** Percent, 0 to 100. */
  confidence: z.number().min(0).max(100),
  unitsLost: z.int(),
  /** Major units; 0 with `unitCostKnown` false where it is unknown. */
  unitCost: z.number(),
  unitCostKnown: z.boolean(),
  approval_reason: z.string().nullable(),
  rejection_reason: z.string().nullable(),
  evidence_complete: z.boolean(),
  actions: z.array(z.string()),
  /** The same actions, each with the request that does it. */
  commands: z.array(offerSchema),
  /** What it waits for; null for nothing. */
  waiting: waitingSchema.nullable(),
  /** The question that is open; null for none. */
  prompt: promptSchema.nullable(),
  /** Why a person must look at it. */
  reviewReasons: z.array(z.string()),
  policy: citedPolicySchema,
  events: z.array(timelineSchema),
  evidence: z.object({
    requiredDocuments: z.array(documentCheckSchema),
    amazonCompliance: z.enum(['Verified', 'Not verified']),
    complianceReasons: z.array(z.string()),
    /** 0 to 1; null while the evidence is not checked. */
    successProbability: z.number().nullable(),
  }),
  explanation: z.object({
    modelVersion: z.string(),
    /** Where the confidence starts, in log-odds, before anything is known of the claim. */
    intercept: z.number(),
    contributions: z.array(contributionSchema),
    /** How well the model is calibrated, and on what; null of one that never was. */
    calibration: calibrationSchema.nullable(),
    /** What the seller’s own decided claims move of it; null where the seller has not chosen that, or it would be no better. */
    ownOutcomes: ownCalibrationSchema.nullable(),
    /** How fresh the data are that it was scored by: the last day up to which all its sources were read; null if unknown. */
    freshness: z.object({ readUntil: z.string().nullable() }),
    /** The facts that it rests on, by kind and identity. */
    sources: z.array(sourceRefSchema),
    /** How the units that are claimed are left of those that were lost. */
    allocation: z.array(allocationLineSchema),
  }),
});
export type CaseBody = z.infer<typeof caseSchema>;

export const caseStatusSchema = z.object({
  id: z.string(),
  status: z.string(),
  submission_status: z.string(),
  expected_payout_date: z.string().nullable(),
  amazonCaseId: z.string().nullable(),
  events: z.array(timelineSchema),
});
