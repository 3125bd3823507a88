import { dayBegins, openPrompt, type ClaimState, type WaitingFor } from '@recoup/domain';
import { addDays } from '@recoup/kernel';
import { z } from 'zod';
import type { Held } from '../reads/filing-holds.js';
import type { Surroundings } from '../reads/claim-surroundings.js';

const WORDS = [
  ...['check', 'valuation', 'opening_day', 'answer', 'document', 'approval', 'consent', 'review'],
  ...['filing_by_hand', 'filing', 'kill_switch', 'day_cap', 'spacing', 'look_up', 'case_number'],
  ...['amazon_answer', 'case_review', 'payment'],
] as const satisfies readonly WaitingFor[];

/** What a claim waits for, in one word; null for nothing. */
export const waitingForSchema = z.enum(WORDS);

/** The same with what is known of it. */
export const waitingSchema = z.object({
  for: waitingForSchema,
  message: z.string(),
  /** Since when, as an instant; null where nothing tells. */
  since: z.string().nullable(),
  /**
   * When it goes on by itself, at the earliest: an instant, or a day where only that is known. Null where it needs somebody.
   */
  until: z.string().nullable(),
});
export type WaitingBody = z.infer<typeof waitingSchema>;

/** What a claim waits for, for the person who reads its page; null for a claim that waits for nothing. */
export function waitingBody(claim: ClaimState, around: Surroundings): WaitingBody | null {
  const word = around.waitingOf(claim);
  if (word === null) return null;
  const { since = null, until = null } = TIMES[word]?.(claim, around) ?? {};
  return { for: word, message: messageOf(word, claim, around), since, until };
}

interface Times {
  readonly since?: string | null;
  readonly until?: string | null;
}

const TIMES: Readonly<
  Partial<Record<WaitingFor, (claim: ClaimState, around: Surroundings) => Times>>
> = {
  opening_day: (claim) => ({ until: beginOf(claim, claim.opensOn) }),
  kill_switch: (claim, { heldOf }) => ({ since: heldOf(claim).killSwitch.since }),
  day_cap: (claim, { todayOf }) => {
    const today = todayOf(claim);
    return { until: today && beginOf(claim, addDays(today, 1)) };
  },
  spacing: (claim, { now, heldOf }) => ({
    until: new Date(now.getTime() + heldOf(claim).wait * 1000).toISOString(),
  }),
  amazon_answer: ({ submission }, { answerDays }) => {
    const since = submission?.submittedAt ?? null;
    return { since, until: since && addDays(since.slice(0, 10), answerDays) };
  },
  payment: ({ decision }) => ({ until: decision?.expectedOn ?? null }),
};

function beginOf({ subject }: ClaimState, day: string): string {
  return dayBegins(subject.marketplaceId, day)?.toISOString() ?? day;
}

type Text = (claim: ClaimState, around: Surroundings) => string;

function messageOf(...[word, claim, around]: readonly [WaitingFor, ...Parameters<Text>]): string {
  const text = MESSAGES[word];
  return typeof text === 'string' ? text : text(claim, around);
}

const question: Text = (claim) => openPrompt(claim)?.question ?? lackingOf(claim);
const reasons: Text = ({ route }) =>
  route?.kind === 'manual' ? `${route.reasons.join('. ')}.` : '';

function lackingOf({ validation }: ClaimState): string {
  const lacking = validation?.documents.filter(({ status }) => status !== 'Available') ?? [];
  return `${lacking.flatMap(({ reasons }) => reasons).join('. ')}.`;
}

function stoppedText({ killSwitch }: Held): string {
  return killSwitch.scope === 'all'
    ? 'The operator has stopped the filing of all claims. It goes on when the stop is released.'
    : 'You have stopped filing. It goes on when you release the kill switch.';
}

const MESSAGES: Readonly<Record<WaitingFor, string | Text>> = {
  check: 'Its evidence is being checked.',
  valuation: 'The next detection values it at the cost that you told.',
  opening_day: ({ opensOn }) =>
    `It can be filed from ${opensOn} on, and goes on by itself on that day.`,
  answer: question,
  document: question,
  approval: reasons,
  consent: reasons,
  review: reasons,
  kill_switch: (claim, { heldOf }) => stoppedText(heldOf(claim)),
  amazon_answer: ({ submission }) =>
    `Amazon has it as case ${submission?.amazonCaseId ?? 'of a number not known'}, and has not decided.`,
  filing_by_hand: 'It is ready: a person has to file it, and then tell the number of its case.',
  filing: 'It is about to be filed.',
  day_cap: 'The cases of this day are used up. It goes on the next day.',
  spacing: 'Another claim has just been filed. It goes after the pause between two.',
  look_up: 'It was sent. Whether it arrived is being looked up.',
  case_number: 'Your case desk has it, and has not told the number of its case yet.',
  case_review: 'Amazon has not answered. Look at the case in Seller Central.',
  payment: 'Amazon has agreed, and not paid all of it yet.',
};
