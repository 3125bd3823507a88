import { z } from 'zod';
import type { Product } from '../product/index.js';

const claimSchema = z.object({
  ...{ claim_id: z.string(), status: z.string(), case_id: z.string().nullable() },
  ...{ subtype: z.string(), loss_day: z.string(), deadline: z.string() },
});
export type Standing = z.infer<typeof claimSchema>;

/** Where every claim stands. */
export async function standing({ database }: Product): Promise<readonly Standing[]> {
  const { rows } = await database.query(
    `select claim_id, status, doc #>> '{claim,submission,amazonCaseId}' as case_id,
            doc #>> '{claim,subtype}' as subtype, doc #>> '{claim,lossDay}' as loss_day,
            doc #>> '{claim,deadline}' as deadline
     from rm.claim order by claim_id`,
  );
  return z.array(claimSchema).parse(rows);
}

/** States in which a claim stays. Agreeing is one where Amazon gives the units back, or never pays what it said. */
export const STATED_ENDS: ReadonlySet<string> = new Set([
  ...['paid', 'approved', 'partially_approved', 'denied', 'reversed', 'unanswered'],
  ...['paid_unasked', 'dismissed', 'withdrawn', 'expired'],
]);
