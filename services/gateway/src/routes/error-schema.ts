import { z } from 'zod';

/** One shape for every failure. Loose: some carry more, such as `existingSyncId`. */
export const errorSchema = z.looseObject({
  error: z.string(),
  message: z.string(),
  code: z.string(),
  requestId: z.string(),
});

export const errorResponses = { '4xx': errorSchema, '5xx': errorSchema } as const;
