import { describe, expect, it } from 'vitest';
import {
  after,
  agreed,
  cause,
  everyStatus,
  finding,
  good,
  seen,
  wayTo,
} from '../test/claim-story.js';
import { actionsOf } from './claim-actions.js';
import { approveFiling } from './claim-approve.js';
import { answerPrompt, openPrompt } from './claim-answer.js';
import { authorizeSubmission } from './claim-authorize.js';
import { dismissClaim } from './claim-dismiss.js';
import { recordFiled } from './claim-filed.js';
import { recordOutcome } from './claim-outcome.js';
import { observe } from './claim-observe.js';
import { validate } from './claim-route.js';
import type { ClaimState } from './claim-state.js';

/** The actions that the decisions themselves answer with an event. */
function accepted(state: ClaimState, today: string): string[] {
  const amazonCaseId = state.submission?.amazonCaseId ?? 'by-hand';
  const promptId = openPrompt(state)?.id ?? 'none';
  const answer = { kind: 'confirm_not_found', settled: null } as const;
  const decisions = {
    answer: answerPrompt(state, { promptId, answer }, cause),
    approve: approveFiling(state, cause),
    submit: authorizeSubmission(state, { today }, cause),
    filed: state.status === 'submitted' ? [] : recordFiled(state, { amazonCaseId }, cause),
    outcome: recordOutcome(state, { ...agreed, amazonCaseId }, cause),
    dismiss: dismissClaim(state, { reason: 'x' }, cause),
  };
  return Object.entries(decisions)
    .filter(([, decided]) => Array.isArray(decided) && decided.length > 0)
    .map(([action]) => action);
}

describe('given a claim wherever it stands', () => {
  it.each(everyStatus)('when it is %s, then what is offered is what would be done', (status) => {
    for (const today of ['2026-08-31', '2026-10-01', '2026-11-01']) {
      const state = after(...wayTo[status]);
      expect(actionsOf(state, today)).toEqual(accepted(state, today));
    }
  });

  it('then a claim that waits for its seller can be submitted, and one that lacks a document not', () => {
    expect(actionsOf(after(...wayTo.prompted), '2026-10-01')).toEqual([
      'answer',
      'submit',
      'outcome',
      'dismiss',
    ]);
    const lacking = after(
      (state) => observe(state, finding, seen('d1')),
      (state) => validate(state, { ...good, requiredDocuments: 'Missing' }, cause),
    );
    expect(actionsOf(lacking, '2026-10-01')).toEqual(['outcome', 'dismiss']);
    expect(actionsOf(after(...wayTo.prompted), null)).toEqual(['answer', 'outcome', 'dismiss']);
  });
});
