import { z } from 'zod';
import { daySchema, instantSchema, moneySchema, payableSchema } from './money.js';

/** The four kinds of claim the API speaks of. */
export const claimTypeSchema = z.enum([
  'lost_inventory',
  'damaged_goods',
  'fee_overcharge',
  'missing_reimbursement',
]);
export type ClaimType = z.infer<typeof claimTypeSchema>;

/** What each detector finds, by the type of claim that the API calls it. */
const subtypesOfType = {
  lost_inventory: [
    'lost_warehouse',
    'inbound_shortage',
    'return_lost_in_fc',
    'removal_lost',
    'disposed_unauthorised',
    'fc_transfer_loss',
    'product_redefinition_loss',
    'lost_outbound',
  ],
  damaged_goods: [
    'damaged_warehouse',
    'inbound_damaged',
    'return_damaged_by_amazon',
    'return_wrong_item',
    'removal_damaged',
  ],
  fee_overcharge: [
    'refund_overcharge',
    'fulfilment_fee_overcharge',
    'storage_fee_overcharge',
    'referral_fee_error',
    'inbound_defect_fee',
    'unused_label_fee',
  ],
  missing_reimbursement: [
    'refund_not_returned',
    'replacement_not_returned',
    'missing_reimbursement',
    'reimbursement_undervalued',
    'reimbursement_reversed',
  ],
} as const satisfies Record<ClaimType, readonly string[]>;

/** The detector that found it. */
export const claimSubtypeSchema = z.enum([
  ...subtypesOfType.lost_inventory,
  ...subtypesOfType.damaged_goods,
  ...subtypesOfType.fee_overcharge,
  ...subtypesOfType.missing_reimbursement,
]);
export type ClaimSubtype = z.infer<typeof claimSubtypeSchema>;

const typeOfSubtype = new Map<string, ClaimType>(
  claimTypeSchema.options.flatMap((type) =>
    subtypesOfType[type].map((subtype) => [subtype, type] as const),
  ),
);

/** The type of claim that a detector's finding is. */
export function claimTypeOf(subtype: ClaimSubtype): ClaimType {
  const type = typeOfSubtype.get(subtype);
  if (!type) throw new RangeError(`${subtype} has no claim type`);
  return type;
}

/** Who acts next: the system, the seller answering one question, or a person looking at it. */
export const tierSchema = z.enum(['auto', 'prompt', 'manual']);
export type Tier = z.infer<typeof tierSchema>;

/**
 * A value and where it comes from: what Amazon paid in full for the product before, the seller's own cost, a sale's price
 * less its fees, what was charged above what is right, what was charged or paid and is owed back. `unknown` is null, never
 * a made-up number. `perUnit` is null where units differ.
 */
export const claimValueSchema = z.object({
  basis: z.enum([
    'paid_history',
    'sourcing_cost',
    'sale_price_less_fees',
    'difference',
    'amount_stated',
    'unknown',
  ]),
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

/** How far what a model says lies from what came, on claims that it had not seen. There are no real ones among them. */
export const calibrationSchema = z.object({
  data: z.literal('synthetic'),
  claims: z.int().nonnegative(),
  /** Expected calibration error. */
  ece: z.number().min(0).max(1),
  brier: z.number().min(0).max(1),
});

/**
 * What a seller's own decided claims move of the model's log-odds (slope · log-odds + shift), how many it was learned from
 * and held against, and since when it stands. Log loss: the mean on those held out, with what was in force before and with this; null
 * where none was.
 */
export const ownCalibrationSchema = z.object({
  slope: z.number().positive(),
  shift: z.number(),
  outcomes: z.object({ learned: z.int().nonnegative(), heldOut: z.int().nonnegative() }),
  logLoss: z
    .object({ before: z.number().nonnegative(), after: z.number().nonnegative() })
    .nullable(),
  since: instantSchema,
});
export type OwnCalibration = z.infer<typeof ownCalibrationSchema>;

/**
 * P(approved) with the whole of its arithmetic: `confidence = logistic(intercept + Σ logOdds)`; how well the model is
 * calibrated, where it was; and the last day up to which every source behind the claim was read, null where unknown.
 */
export const scoreSchema = z.object({
  modelVersion: z.string(),
  confidence: z.number().min(0).max(1),
  intercept: z.number(),
  contributions: z.array(contributionSchema),
  calibration: calibrationSchema.optional(),
  /** Where the seller's own outcomes move it; its term is among the contributions. */
  own: ownCalibrationSchema.optional(),
  readUntil: daySchema.nullable().optional(),
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

/**
 * When a claim can be filed, and by which policy: both ends inclusive, in the marketplace's calendar. Of a claim about
 * several charges the days move as charges come and leave.
 */
export const claimWindowSchema = z.object({
  lossDay: daySchema,
  opensOn: daySchema,
  /** The last day. */
  deadline: daySchema,
  policy: citedPolicySchema,
});
export type ClaimWindow = z.infer<typeof claimWindowSchema>;

/**
 * One line of the allocation: the first says what opened the claim, the others what used up units or money of it. A line of
 * money states its amount.
 */
export const allocationLineSchema = z.object({
  kind: z.enum([
    ...['lost', 'damaged', 'found', 'reimbursed', 'transferred', 'corrected', 'disposed'],
    ...['shipped', 'received', 'refunded', 'replaced', 'returned', 'requested', 'delivered'],
    ...[
      'cancelled',
      'moved_out',
      'moved_in',
      'redefined',
      'charged',
      'expected',
      'paid',
      'reversed',
    ],
    'asserted',
  ] as const),
  day: daySchema,
  quantity: z.int().positive(),
  reference: z.string(),
  facility: z.string().nullable(),
  amount: moneySchema.optional(),
});
export type AllocationLine = z.infer<typeof allocationLineSchema>;

/** A fact that the claim rests on, by kind and identity. */
export const sourceRefSchema = z.object({ kind: z.string(), key: z.string() });
export type SourceRef = z.infer<typeof sourceRefSchema>;
