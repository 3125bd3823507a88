import type { EventData, NewEvent, Prompt, PromptAnswer, Settled } from '@recoup/contracts';
import { derivedName } from '@recoup/kernel';
import { eventOf, type Cause } from './cause.js';
import type { ClaimState } from './claim-state.js';
import { reject, type Rejection } from './rejection.js';

/** What is asked, without the id that follows from the claim. */
export type Question = Pick<Prompt, 'kind' | 'question'> &
  Partial<Pick<Prompt, 'choices' | 'documentType' | 'currency'>>;

/**
 * The prompt of a question. Its id follows from the claim, the words and the answers before it: asked again from the same
 * state it is the same prompt, and no answer to an earlier one fits it.
 */
export function promptOf(
  { claimId, answers }: Pick<ClaimState, 'claimId' | 'answers'>,
  question: Question,
): Prompt {
  const asked = { choices: [], documentType: null, currency: null, ...question };
  const words = [asked.kind, asked.documentType ?? '', asked.question, String(answers.length)];
  return { ...asked, id: derivedName('prompt', claimId, ...words) };
}

export interface GivenAnswer {
  /** The prompt that it answers. */
  readonly promptId: string;
  readonly answer: PromptAnswer;
}

/**
 * Takes the answer to the question that is open. An answer that says the loss is settled ends the claim with that reason;
 * after every other one the evidence is looked at anew. Rejections: `claim_not_found`, `no_question` (none is open),
 * `already_answered` (this one was, before), `other_question` (another one is open by now), `other_kind` (the answer is to
 * no question of this kind), `other_currency`.
 */
export function answerPrompt(
  state: ClaimState | null,
  { promptId, answer }: GivenAnswer,
  cause: Cause,
): readonly NewEvent[] | Rejection {
  if (!state) return reject('claim_not_found', 'There is no such claim');
  const open = openPrompt(state);
  const refused = refusePrompt(state, open, promptId) ?? refuseKind(open, answer);
  if (refused) return refused;
  const { claimId, assessment } = state;
  const data = { claimId, promptId, quantity: assessment.quantity, answer };
  // Two different answers at one instant are two events: the second must not pass for a repeat of the first.
  const once = [claimId, promptId, JSON.stringify(answer)];
  const answered = eventOf('claim.answered', data, { cause, once });
  if (answer.kind !== 'confirm_not_found' || answer.settled === null) return [answered];
  const reason = SETTLED[answer.settled];
  return [answered, eventOf('claim.dismissed', { claimId, reason }, { cause, once })];
}

/** What the seller said became of the units, as the reason for which the claim ends. */
const SETTLED: Readonly<Record<Settled, string>> = {
  found: 'The seller says that the units were found or came back',
  replaced: 'The seller says that the units were replaced',
  paid: 'The seller says that the units were paid for',
};

/** The question that waits for the seller; null for none. */
export function openPrompt({ status, route }: Pick<ClaimState, 'status' | 'route'>): Prompt | null {
  return status === 'prompted' && route?.kind === 'prompt' ? route.prompt : null;
}

/** Why an answer to a prompt is no longer, or not yet, of use; null when its prompt is the open one. */
function refusePrompt(
  { answers }: ClaimState,
  open: Prompt | null,
  promptId: string,
): Rejection | null {
  if (open?.id === promptId) return null;
  if (answers.some((given) => given.promptId === promptId)) {
    return reject('already_answered', 'This question was answered before');
  }
  return open
    ? reject('other_question', `Another question is open by now: ${open.question}`)
    : reject('no_question', 'No question is open for this claim');
}

function refuseKind(open: Prompt | null, answer: PromptAnswer): Rejection | null {
  const asked = open?.kind === answer.kind;
  const sameDocument = answer.kind !== 'document' || answer.documentType === open?.documentType;
  if (!asked || !sameDocument) return reject('other_kind', 'This is no answer to the question');
  if (answer.kind !== 'unit_cost' || answer.unitCost.currency === open.currency) return null;
  return reject('other_currency', `The question asks for an amount in ${open.currency}`);
}

type AnswerOf<K extends PromptAnswer['kind']> = Extract<PromptAnswer, { kind: K }>;

/** The latest answer of a kind that the seller gave for this claim, whatever quantity was claimed then; null for none. */
export function answerOf<K extends PromptAnswer['kind']>(
  { answers }: Pick<ClaimState, 'answers'>,
  kind: K,
): AnswerOf<K> | null {
  const given = answers.findLast(({ answer }) => answer.kind === kind);
  return given ? (given.answer as AnswerOf<K>) : null;
}

/** Whether the seller said that there is no such document. */
export function saidToHaveNone(
  { answers }: Pick<ClaimState, 'answers'>,
  documentType: string,
): boolean {
  return answers.some(
    ({ answer }) => answer.kind === 'document' && answer.documentType === documentType,
  );
}

/** The answer by which the seller said that what is claimed now is still open; null where nobody said so. */
export function confirmation({
  answers,
  assessment,
}: Pick<ClaimState, 'answers' | 'assessment'>): EventData<'claim.answered'> | null {
  const said = answers.findLast(
    ({ answer, quantity }) =>
      answer.kind === 'confirm_not_found' &&
      answer.settled === null &&
      quantity === assessment.quantity,
  );
  return said ?? null;
}
