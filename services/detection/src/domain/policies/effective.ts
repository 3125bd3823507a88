import { AppError } from '@recoup/kernel';
import { daySchema } from '@recoup/contracts';
import { z } from 'zod';

/** What every policy row says of itself: since when, until when, by whose word. Both days are inclusive. */
export const effectiveSchema = z.object({
  name: z.string().min(1),
  effectiveFrom: daySchema,
  effectiveTo: daySchema.nullable(),
  source: z.string().min(1),
  /** The day somebody last compared the row with its source. */
  lastVerified: daySchema,
  /** `published` by Amazon or quoted from it; `assumed` where nothing readable says it for this place. */
  standing: z.enum(['published', 'assumed']),
});
export type Effective = z.infer<typeof effectiveSchema>;

export class PolicyOverlap extends AppError {
  readonly code = 'POLICY_OVERLAP';
}

/** The row in force on a day; null where none is. Throws PolicyOverlap when two are: the data is wrong then. */
export function inForce<T extends Effective>(rows: readonly T[], day: string): T | null {
  const found = rows.filter(
    (row) => row.effectiveFrom <= day && (row.effectiveTo === null || day <= row.effectiveTo),
  );
  if (found.length > 1) {
    throw new PolicyOverlap(
      `${found.map((row) => row.name).join(', ')} are all in force on ${day}`,
    );
  }
  return found[0] ?? null;
}
