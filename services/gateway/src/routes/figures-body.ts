import { z } from 'zod';

export const totalsSchema = z.object({
  /** Open, approved and paid less reversed, in the seller's own currency. */
  totalAmount: z.number(),
  currency: z.string(),
  /** Each currency on its own: they are never added together. */
  totals: z.record(z.string(), z.number()),
  /** The claims that are open, approved or paid. */
  claimCount: z.int(),
  amountUnknownCount: z.int(),
  message: z.string(),
  needsSync: z.boolean(),
  syncTriggered: z.literal(false),
  dataSource: z.string(),
});

const rate = z.number().min(0).max(100);

export const metricsSchema = z.object({
  currency: z.string(),
  /** All but withdrawn ones. */
  totalClaimsFound: z.int(),
  inProgress: z.int(),
  valueInProgress: z.number(),
  successRate30d: rate,
  successRate: rate,
  /** Agreed by Amazon and not yet paid. */
  approvedValue: z.number(),
  /** Paid, less what was taken back. */
  paidValue: z.number(),
  /** Paid by Amazon unasked, less what it took back of that: counted nowhere else. */
  unaskedAmount: z.number(),
  /** What is agreed and expected on the nearest day; 0 where no day is known. */
  nextPaymentAmount: z.number(),
  nextPaymentDate: z.string().nullable(),
  pendingAmount: z.number(),
  amountUnknownCount: z.int(),
  byTier: z.object({ auto: z.int(), prompt: z.int(), manual: z.int() }),
  byType: z.record(z.string(), z.int()),
  byCurrency: z.record(
    z.string(),
    z.object({
      pendingAmount: z.number(),
      approvedValue: z.number(),
      paidValue: z.number(),
      totalAmount: z.number(),
      unaskedAmount: z.number(),
    }),
  ),
});

export const dashboardSchema = z.object({
  window: z.enum(['7d', '30d', '90d']),
  currency: z.string(),
  /** Paid less taken back, on the days of the window. */
  totalRecovered: z.number(),
  /** Agreed by Amazon and not yet paid, whenever that was. */
  totalApproved: z.number(),
  /** The value of open claims, each weighed by its confidence. */
  totalExpected: z.number(),
  /** Percent of open claims whose required documents are available. */
  evidenceHealth: rate,
  amountUnknownCount: z.int(),
});
