import { streams, type Prompt, type PromptAnswer } from '@recoup/contracts';
import {
  answerPrompt,
  fromCommand,
  isRejection,
  openPrompt,
  reject,
  type ClaimState,
  type GivenAnswer,
  type Rejection,
} from '@recoup/domain';
import { readAnswer, type Misread } from '../reads/read-answer.js';
import type { CommandContext } from './context.js';
import { decideOnClaim, type ClaimCommand } from './decide-on-claim.js';
import { giveCosts } from './give-costs.js';
import { knownClaim } from './known-claim.js';

export interface AnswerPrompt {
  /** What the seller says, as it came. */
  readonly answer: unknown;
  /** The question that it is meant for; null for whichever is open. */
  readonly promptId: string | null;
}

/** An answer that is none to its question, with what would be one. */
export interface UnreadableAnswer extends Rejection, Misread {}

/**
 * Takes the seller's answer to the question that is open. What a unit costs goes into the seller's costs first, from the day
 * of the loss on: should this process end in between, the same answer given again changes nothing there. Rejections are
 * those of `answerPrompt`, and an UnreadableAnswer.
 */
export async function answerForSeller(
  context: CommandContext,
  command: ClaimCommand,
  given: AnswerPrompt,
): Promise<ClaimState | Rejection | UnreadableAnswer> {
  const { tenantId, userId, claimId } = command;
  const recorded = await context.store.readStream(tenantId, streams.claim(claimId));
  const claim = await knownClaim(context.store, tenantId, recorded);
  if (!claim) return reject('claim_not_found', 'There is no such claim');
  const read = readFor(claim, given);
  if (isRejection(read)) return read;
  const decided = answerPrompt(claim, read, fromCommand(`user:${userId}`, context.clock.now()));
  if (isRejection(decided)) return decided;
  if (read.answer.kind === 'unit_cost') {
    const { amount: unitCost, currency } = read.answer.unitCost;
    const row = { sku: claim.subject.sku, currency, effectiveFrom: claim.lossDay, unitCost };
    await giveCosts(context, { tenantId, userId, costs: [row] });
  }
  return decideOnClaim(context, command, (now, cause) => answerPrompt(now, read, cause));
}

function readFor(claim: ClaimState, given: AnswerPrompt): GivenAnswer | Rejection {
  const open = openPrompt(claim);
  const promptId = given.promptId ?? open?.id;
  if (promptId === undefined) return reject('no_question', 'No question is open for this claim');
  // What is meant for another question than the open one is refused by the decision, which knows them all.
  if (open?.id !== promptId) return { promptId, answer: NO_MATTER };
  const answer = readAnswer(open, given.answer);
  return 'expected' in answer ? unreadable(open, answer) : { promptId, answer };
}

const NO_MATTER: PromptAnswer = { kind: 'confirm_not_found', settled: null };

function unreadable({ question }: Prompt, misread: Misread): UnreadableAnswer {
  const message = `This is no answer to "${question}": ${misread.expected}`;
  return { ...reject('unreadable_answer', message), ...misread };
}
