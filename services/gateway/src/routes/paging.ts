import { z } from 'zod';

/** The largest `integer` of Postgres, in which offsets are handed on. */
const MAX_OFFSET = 2 ** 31 - 1;

/** `limit` and `offset` of lists. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).max(MAX_OFFSET).default(0),
});
