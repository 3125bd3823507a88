import { z } from 'zod';

/** One shape for every failure. Loose: some carry more, such as `existingSyncId`. */
export const errorSchema = z.looseObject({
  error: z.string(),
  message: z.string(),
  code: z.string(),
  requestId: z.string(),
});

/** An answer without a body: where to go stands in its `Location`. */
export const redirected = z.undefined().describe('Elsewhere: see `Location`.');
