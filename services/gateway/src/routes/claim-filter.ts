import { claimTypeSchema, tierSchema } from '@recoup/contracts';
import { z } from 'zod';
import type { ClaimFilter } from '../adapters/read-models.js';
import { LIST_WORDS, LISTED, statusesListedAs } from './claim-words.js';

/** A filter that is there and empty asks for nothing. */
const nothing = z.literal('');

/** Which claims are listed. */
export const claimFilterQuery = z.object({
  status: z.enum(LIST_WORDS).or(nothing).optional(),
  tier: tierSchema.or(nothing).optional(),
  type: claimTypeSchema.or(nothing).optional(),
});
export type ClaimFilterQuery = z.infer<typeof claimFilterQuery>;

export function filterOf({
  status,
  tier,
  type,
}: ClaimFilterQuery): Pick<ClaimFilter, 'statuses' | 'tier' | 'claimType'> {
  return {
    statuses: status ? statusesListedAs(status) : LISTED,
    tier: tier || null,
    claimType: type || null,
  };
}
