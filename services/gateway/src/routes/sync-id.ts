import { z } from 'zod';
import { notFound } from '../http/problems.js';

/** The address of one sync. */
export const syncParams = z.object({ syncId: z.string() });

/**
 * A sync id as it may be looked up. What cannot be one is as unknown as any other id, and never reaches the database,
 * which refuses some texts with an error. Throws the 404.
 */
export function possibleSyncId(text: string): string {
  if (!/^[\w-]{1,200}$/.test(text)) throw notFound();
  return text;
}
