import { daySchema, payableSchema } from '@recoup/contracts';
import type { AmazonDecision } from '@recoup/domain';
import { messageOf } from '@recoup/kernel';
import { z } from 'zod';
import { USER_AGENT } from './outbound.js';

export type DeskAnswer =
  | {
      readonly outcome: 'decided';
      readonly decision: Pick<AmazonDecision, 'outcome' | 'amount' | 'expectedOn' | 'reason'>;
    }
  | { readonly outcome: 'open' }
  | { readonly outcome: 'no_answer'; readonly reason: string };

/** A desk that tells what became of its cases. */
export interface AnswerDesk {
  /** What it decided on a case. Never throws. */
  answerTo(caseId: string): Promise<DeskAnswer>;
}

const caseSchema = z.object({
  status: z.enum(['open', 'approved', 'partially_approved', 'denied']),
  amount: payableSchema.nullish(),
  expectedOn: daySchema.nullish(),
  reason: z.string().nullish(),
});

/** Asks a case desk over HTTP: `GET <url>/cases/<case id>`. `timeoutMs`: after which an exchange is given up. */
export function openAnswerDesk({ url, timeoutMs }: { url: string; timeoutMs: number }): AnswerDesk {
  const cases = `${url.replace(/\/+$/, '')}/cases`;
  return {
    async answerTo(caseId) {
      try {
        const response = await fetch(`${cases}/${encodeURIComponent(caseId)}`, {
          headers: { 'user-agent': USER_AGENT, accept: 'application/json' },
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        });
        if (response.status !== 200) {
          return { outcome: 'no_answer', reason: `the desk answered ${response.status}` };
        }
        const { status, ...told } = caseSchema.parse(await response.json());
        if (status === 'open') return { outcome: 'open' };
        const { amount = null, expectedOn = null, reason = null } = told;
        return { outcome: 'decided', decision: { outcome: status, amount, expectedOn, reason } };
      } catch (error) {
        return { outcome: 'no_answer', reason: messageOf(error) };
      }
    },
  };
}
