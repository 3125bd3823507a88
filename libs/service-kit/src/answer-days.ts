import { z } from 'zod';

/**
 * Days after filing on which an answer of Amazon is no longer expected: the claim then waits for a person. The same in every
 * service that reads settings.
 */
export const answerDays = {
  CLAIM_ANSWER_DAYS: z.coerce.number().int().min(1).max(365).default(60),
};
