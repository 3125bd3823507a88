import { coverageSchema, syncResourceSchema } from '@recoup/contracts';
import type { Money } from '@recoup/kernel';
import { z } from 'zod';
import type { DetectionRow } from '../projections/detection.js';

/** An amount of each currency, in major units: they are never added together. */
export const amountsSchema = z.record(z.string(), z.number());

export function amountsOf(values: readonly Money[]): z.infer<typeof amountsSchema> {
  return Object.fromEntries(values.map(({ amount, currency }) => [currency, Number(amount)]));
}

export const detectionSchema = z.object({
  detection_id: z.string(),
  status: z.enum(['in_progress', 'complete', 'failed']),
  /** What it was started by; null while it waits for its turn. */
  trigger: z.enum(['sync', 'manual', 'reprocess']).nullable(),
  startedAt: z.string(),
  completedAt: z.string().nullable(),
  /** Claims that it found first; 0 until it has ended. */
  newCases: z.int(),
  changedCases: z.int(),
  withdrawnCases: z.int(),
  expiredCases: z.int(),
  openCases: z.int(),
  /** What all open claims were worth together at its end, in the seller's own currency. */
  totalPotential: z.number(),
  currency: z.string(),
  totals: amountsSchema,
  /** Open claims whose value is unknown: they count 0. */
  amountUnknownCount: z.int(),
  /** Losses that were first seen after the last day to claim them. */
  tooLate: z.object({ losses: z.int(), units: z.int() }),
  /** Risks, which are no claims and have no value. */
  risks: z.object({ open: z.int(), new: z.int(), changed: z.int(), cleared: z.int() }),
  /** Why it failed. */
  message: z.string().nullable(),
});

const NOTHING_FOUND = {
  claims: { open: 0, new: 0, changed: 0, withdrawn: 0, expired: 0 },
  potential: [],
  amountUnknown: 0,
  pastWindow: { losses: 0, units: 0 },
} as const;
const NO_RISKS = { open: 0, new: 0, changed: 0, cleared: 0 };

/** A detection as its seller sees it. */
export function detectionBody(
  { detectionId, status, trigger, begunAt, endedAt, result, message }: DetectionRow,
  currency: string,
): z.infer<typeof detectionSchema> {
  const { claims, potential, amountUnknown, pastWindow } = result ?? NOTHING_FOUND;
  const totals = amountsOf(potential);
  return {
    detection_id: detectionId,
    status,
    trigger,
    startedAt: begunAt,
    completedAt: endedAt,
    newCases: claims.new,
    changedCases: claims.changed,
    withdrawnCases: claims.withdrawn,
    expiredCases: claims.expired,
    openCases: claims.open,
    totalPotential: totals[currency] ?? 0,
    currency,
    totals,
    amountUnknownCount: amountUnknown,
    tooLate: pastWindow,
    risks: result?.risks ?? NO_RISKS,
    message,
  };
}

export const sourcesSchema = z.array(
  z.object({ source: syncResourceSchema, ...coverageSchema.shape, reason: z.string().nullable() }),
);

/** What a detection said of its sources, in the order in which syncs name them. */
export function sourcesOf(
  coverage: NonNullable<DetectionRow['result']>['coverage'],
): z.infer<typeof sourcesSchema> {
  return syncResourceSchema.options.flatMap((source) => {
    const stated = coverage[source];
    return stated ? [{ source, ...stated, reason: stated.reason ?? null }] : [];
  });
}
