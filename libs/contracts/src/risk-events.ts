import { z } from 'zod';
import { claimSubjectSchema } from './claim-events.js';
import { allocationLineSchema, citedPolicySchema, sourceRefSchema } from './claim-words.js';
import { daySchema } from './money.js';

/** What is worth a look and no claim: not yet, not surely, or never. Each kind has one watcher. */
export const riskKindSchema = z.enum([
  'shipment_stuck',
  'received_unknown',
  'transfer_in_transit',
  'damage_for_review',
  'reimbursed_twice',
  'fee_sign',
  'identity_conflict',
]);
export type RiskKind = z.infer<typeof riskKindSchema>;

const riskId = z.string().min(1);
const detectionId = z.string().min(1);

const told = {
  riskId,
  detectionId,
  kind: riskKindSchema,
  subject: claimSubjectSchema,
  /** The day from which it counts, in the marketplace's calendar; null where no fact dates it. */
  since: daySchema.nullable(),
  /** Units that it is about; null where they are not known, which is not none. */
  quantity: z.int().nonnegative().nullable(),
  /** What the facts show, and what can be done about it, in words for the seller. */
  reason: z.string().min(1),
  nextStep: z.string().min(1),
  /** By whose word and by which days it counts as one. */
  rule: citedPolicySchema,
  lines: z.array(allocationLineSchema),
  sources: z.array(sourceRefSchema),
};

/** The life of risks. They have no value: what may come of one is a claim of its own, or nothing. */
export const riskEvents = {
  /** Seen for the first time, or again after it had been cleared. */
  'claim.risk_noted': z.object(told),
  /** The facts tell something else of it. */
  'claim.risk_changed': z.object(told),
  /** The facts show it no more. */
  'claim.risk_cleared': z.object({ riskId, detectionId, reason: z.string().min(1) }),
} as const;
