import { z } from 'zod';
import { notFound } from '../http/problems.js';

/** The address of one claim. */
export const claimParams = z.object({ id: z.string() });

/**
 * A claim id as it may be looked up. What cannot be one is as unknown as any other id, and never reaches the database,
 * which refuses some texts with an error. Throws the 404.
 */
export function possibleClaimId(text: string): string {
  if (!/^[\w-]{1,200}$/.test(text)) throw notFound();
  return text;
}
