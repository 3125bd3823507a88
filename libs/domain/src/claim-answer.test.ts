import { describe, expect, it } from 'vitest';
import {
  after,
  answered,
  cause,
  detected,
  everyStatus,
  finding,
  good,
  prompted,
  seen,
  types,
  validated,
  wayTo,
} from '../test/claim-story.js';
import {
  answerOf,
  answerPrompt,
  confirmation,
  openPrompt,
  promptOf,
  saidToHaveNone,
  type Question,
} from './claim-answer.js';
import { observe } from './claim-observe.js';
import { route, validate } from './claim-route.js';
import type { ClaimState } from './claim-state.js';

const stillOpen = { kind: 'confirm_not_found', settled: null } as const;
const asking =
  (question: Question) =>
  (state: ClaimState | null): ReturnType<typeof route> =>
    state ? route(state, { kind: 'prompt', prompt: promptOf(state, question) }, cause) : [];
const idOf = (state: ClaimState): string => openPrompt(state)?.id ?? '';

describe('given a question that is open', () => {
  const state = after(...wayTo.prompted);

  it('when it is answered, then the claim is looked at anew and no question is open', () => {
    const next = after(...wayTo.prompted, answered(stillOpen));
    expect(next).toMatchObject({ status: 'validated', route: null });
    expect(openPrompt(next)).toBeNull();
    expect(next.answers).toEqual([
      { claimId: 'claim_1', promptId: idOf(state), quantity: 4, answer: stillOpen },
    ]);
  });

  it.each([
    ['found', 'found or came back'],
    ['replaced', 'replaced'],
    ['paid', 'paid for'],
  ] as const)(
    'when the units are said to be %s, then the claim ends for that',
    (settled, words) => {
      const answer = { kind: 'confirm_not_found', settled } as const;
      const decided = answerPrompt(state, { promptId: idOf(state), answer }, cause);
      expect(types(decided)).toEqual(['claim.answered', 'claim.dismissed']);
      expect(JSON.stringify(decided)).toContain(words);
      expect(after(...wayTo.prompted, answered(answer)).status).toBe('dismissed');
    },
  );

  it('when the answer is to another kind of question, then it is refused', () => {
    const answer = { kind: 'partnered_carrier', partnered: true } as const;
    expect(types(answerPrompt(state, { promptId: idOf(state), answer }, cause))).toBe('other_kind');
  });

  it('when another document is said to be missing than the one asked for, then it is refused', () => {
    const photos = asking({ kind: 'document', question: 'Photos?', documentType: 'photos' });
    const asked = after(detected, validated, photos);
    const none = { kind: 'document', documentType: 'supplier_invoice', given: 'none' } as const;
    expect(types(answerPrompt(asked, { promptId: idOf(asked), answer: none }, cause))).toBe(
      'other_kind',
    );
    const right = { ...none, documentType: 'photos' };
    const told = after(detected, validated, photos, answered(right));
    expect([saidToHaveNone(told, 'photos'), saidToHaveNone(told, 'supplier_invoice')]).toEqual([
      true,
      false,
    ]);
  });

  it('when a cost is given in another currency than asked, then it is refused', () => {
    const cost = asking({ kind: 'unit_cost', question: 'Cost?', currency: 'USD' });
    const asked = after(detected, validated, cost);
    const inEuro = { amount: '4.20', currency: 'EUR' };
    const answer = { kind: 'unit_cost', unitCost: inEuro } as const;
    expect(types(answerPrompt(asked, { promptId: idOf(asked), answer }, cause))).toBe(
      'other_currency',
    );
  });
});

describe('given an answer that comes late or twice', () => {
  it('then the second of two is refused, and nothing is applied to the next question', () => {
    const first = after(...wayTo.prompted);
    const promptId = idOf(first);
    const answer = stillOpen;
    const next = after(...wayTo.prompted, answered(answer));
    expect(types(answerPrompt(next, { promptId, answer }, cause))).toBe('already_answered');
    const asksAgain = after(...wayTo.prompted, answered(answer), prompted);
    expect(idOf(asksAgain)).not.toBe(promptId);
    expect(types(answerPrompt(asksAgain, { promptId, answer }, cause))).toBe('already_answered');
  });

  it('then one to a question that gave way to another is refused', () => {
    const old = after(...wayTo.prompted);
    const cost = asking({ kind: 'unit_cost', question: 'Cost?', currency: 'USD' });
    const now = after(...wayTo.prompted, cost);
    expect(types(answerPrompt(now, { promptId: idOf(old), answer: stillOpen }, cause))).toBe(
      'other_question',
    );
  });

  it.each(everyStatus.filter((status) => status !== 'prompted'))(
    'then of a claim that is %s it is refused',
    (status) => {
      const promptId = idOf(after(...wayTo.prompted));
      const given = { promptId, answer: stillOpen };
      expect(types(answerPrompt(after(...wayTo[status]), given, cause))).toBe('no_question');
    },
  );

  it('then of a claim that is not there it is refused', () => {
    const given = { promptId: 'prompt_1', answer: stillOpen };
    expect(types(answerPrompt(null, given, cause))).toBe('claim_not_found');
  });
});

describe('given what the seller said', () => {
  const fewer = (state: ClaimState | null) =>
    observe(state, { ...finding, quantity: 3 }, seen('d2'));

  it('then a word about fewer units does not stand for others, and what it told of a parcel does', () => {
    const parcel = asking({ kind: 'partnered_carrier', question: 'Partnered?' });
    const told = [
      ...[...wayTo.prompted, answered(stillOpen), parcel],
      answered({ kind: 'partnered_carrier', partnered: false }),
    ];
    expect(confirmation(after(...told))?.answer).toEqual(stillOpen);
    const changed = after(...told, fewer);
    expect(confirmation(changed)).toBeNull();
    expect(answerOf(changed, 'partnered_carrier')).toEqual({
      kind: 'partnered_carrier',
      partnered: false,
    });
    expect(answerOf(changed, 'unit_cost')).toBeNull();
  });

  it('then the same question from the same state is the same prompt', () => {
    const state = after(detected, (now) => validate(now, good, cause));
    const question = { kind: 'unit_cost', question: 'Cost?', currency: 'USD' } as const;
    expect(promptOf(state, question)).toEqual(promptOf(state, question));
    expect(promptOf(state, question).id).not.toBe(
      promptOf(state, { ...question, question: 'x' }).id,
    );
  });
});
