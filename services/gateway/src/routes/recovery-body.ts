import { claimTypeSchema, tierSchema } from '@recoup/contracts';
import type { ClaimState } from '@recoup/domain';
import { z } from 'zod';
import type { ClaimRow } from '../projections/claim.js';
import { typeLabel } from '../projections/labels.js';
import { currencyOf, majorUnits } from '../reads/claim-amounts.js';
import type { Surroundings } from '../reads/claim-surroundings.js';
import { waitingForSchema } from './claim-waiting.js';
import { LIST_WORDS, wordsOf } from './claim-words.js';

export const recoverySchema = z.object({
  id: z.string(),
  /** When it was detected. */
  created: z.string(),
  type: z.string(),
  details: z.string(),
  status: z.enum(LIST_WORDS),
  /** Major units; 0 with `amountKnown` false where no value is known. */
  guaranteedAmount: z.number(),
  amountKnown: z.boolean(),
  currency: z.string(),
  /** Null where nobody can tell. */
  expectedPayoutDate: z.string().nullable(),
  sku: z.string(),
  asin: z.string(),
  /** 0 to 1. */
  confidence: z.number(),
  tier: tierSchema,
  claimType: claimTypeSchema,
  subtype: z.string(),
  orderId: z.string().nullable(),
  quantity: z.int(),
  deadline: z.string(),
  fnsku: z.string(),
  lossDate: z.string(),
  amazonCaseId: z.string().nullable(),
  /** What would be accepted now. */
  actions: z.array(z.string()),
  /** What it waits for, in one word; null for nothing. */
  waitingFor: waitingForSchema.nullable(),
});

/** A claim as lists show it. */
export function recoveryBody(
  { claim, detectedAt }: ClaimRow,
  around: Surroundings,
): z.infer<typeof recoverySchema> {
  const { subject, assessment } = claim;
  const { value, quantity } = assessment;
  return {
    id: claim.claimId,
    created: detectedAt,
    type: typeLabel(claim.claimType),
    details: detailsOf(claim),
    status: wordsOf(claim.status).list,
    guaranteedAmount: majorUnits(value.total),
    amountKnown: value.total !== null,
    currency: currencyOf(claim),
    expectedPayoutDate: claim.decision?.expectedOn ?? null,
    sku: subject.sku,
    asin: subject.asin,
    confidence: assessment.score.confidence,
    tier: assessment.tier,
    claimType: claim.claimType,
    subtype: claim.subtype,
    orderId: subject.orderId,
    quantity,
    deadline: claim.deadline,
    fnsku: subject.fnsku,
    lossDate: claim.lossDay,
    amazonCaseId: caseIdOf(claim),
    actions: [...around.actionsOf(claim)],
    waitingFor: around.waitingOf(claim),
  };
}

/** Amazon's number of the case; null while nobody has filed it. */
export function caseIdOf({ decision, submission }: ClaimState): string | null {
  return decision?.amazonCaseId ?? submission?.amazonCaseId ?? null;
}

/** `3 units of Steel water bottle`. */
export function unitsOfProduct({ subject, assessment: { quantity } }: ClaimState): string {
  const units = quantity === 1 ? '1 unit' : `${quantity} units`;
  return `${units} of ${subject.productName || subject.sku}`;
}

function detailsOf(claim: ClaimState): string {
  const { lossDay, subject } = claim;
  const where = subject.facility ? `, ${subject.facility}` : '';
  return `${unitsOfProduct(claim)}, ${lossDay}${where}`;
}
