import { describe, expect, it } from 'vitest';
import {
  after,
  agreed,
  cause,
  everyStatus,
  finding,
  good,
  offer,
  seen,
  wayTo,
} from '../test/claim-story.js';
import { actionsOf, filesWanted, type Offer } from './claim-actions.js';
import { assertLoss } from './claim-assertion.js';
import { approveFiling } from './claim-approve.js';
import { answerPrompt, openPrompt } from './claim-answer.js';
import { authorizeSubmission } from './claim-authorize.js';
import { dismissClaim } from './claim-dismiss.js';
import { recordFiled } from './claim-filed.js';
import { recordOutcome } from './claim-outcome.js';
import { observe } from './claim-observe.js';
import { validate } from './claim-route.js';
import { resubmitClaim } from './claim-resubmit.js';
import type { ClaimState } from './claim-state.js';
import type { ConnectionState } from './connection-state.js';

const connection = {
  state: 'connected',
  sellingPartnerId: 'A1',
  region: 'na',
  marketplaces: [],
} as unknown as ConnectionState;

/** The actions that the decisions themselves answer with an event. */
function accepted(state: ClaimState, { today, newDocuments }: Offer): string[] {
  const amazonCaseId = state.submission?.amazonCaseId ?? 'by-hand';
  const promptId = openPrompt(state)?.id ?? 'none';
  const answer = { kind: 'confirm_not_found', settled: null } as const;
  const decisions = {
    answer: answerPrompt(state, { promptId, answer }, cause),
    approve: approveFiling(state, cause),
    submit: authorizeSubmission(state, { today }, cause),
    resubmit: resubmitClaim(state, { today, newDocuments }, cause),
    filed: state.status === 'submitted' ? [] : recordFiled(state, { amazonCaseId }, cause),
    outcome: recordOutcome(state, { ...agreed, amazonCaseId }, cause),
    dismiss: dismissClaim(state, { reason: 'x' }, cause),
  };
  return Object.entries(decisions)
    .filter(([, decided]) => Array.isArray(decided) && decided.length > 0)
    .map(([action]) => action);
}

const lacking = (type: string) =>
  after(
    (state) => observe(state, finding, seen('d1')),
    (state) =>
      validate(
        state,
        {
          ...good,
          requiredDocuments: 'Missing',
          documents: [{ type, status: 'Missing', reasons: ['none'] }],
        },
        cause,
      ),
  );

describe('given a claim wherever it stands', () => {
  it.each(everyStatus)('when it is %s, then what is offered is what would be done', (status) => {
    for (const today of ['2026-08-31', '2026-10-01', '2026-11-01']) {
      for (const newDocuments of [[], ['document_1']]) {
        const state = after(...wayTo[status]);
        const at = { ...offer, today, newDocuments };
        const decided = actionsOf(state, at).filter((action) => action !== 'upload');
        expect(decided).toEqual(accepted(state, at));
      }
    }
  });

  it('then a claim that waits for its seller can be submitted, and one that lacks a document not', () => {
    expect(actionsOf(after(...wayTo.prompted), offer)).toEqual([
      'answer',
      'submit',
      'outcome',
      'dismiss',
    ]);
    expect(actionsOf(lacking('facts_extract'), offer)).toEqual(['outcome', 'dismiss']);
    const unknown = { ...offer, today: null };
    expect(actionsOf(after(...wayTo.prompted), unknown)).toEqual(['answer', 'outcome', 'dismiss']);
  });
});

describe('given a claim that lacks a file', () => {
  it('then it can be uploaded where files are taken', () => {
    const claim = lacking('photos');
    expect(filesWanted(claim, offer.today)).toEqual(['photos']);
    expect(actionsOf(claim, offer)).toEqual(['upload', 'outcome', 'dismiss']);
    expect(actionsOf(claim, { ...offer, takesFiles: false })).toEqual(['outcome', 'dismiss']);
  });

  it('when Amazon denied it, then any new document is asked for while its window is open', () => {
    const denied = after(...wayTo.denied);
    expect(filesWanted(denied, '2026-10-31')).toEqual(['new_document']);
    expect(actionsOf(denied, offer)).toContain('upload');
    expect(filesWanted(denied, '2026-11-01')).toEqual([]);
    expect(actionsOf(denied, { ...offer, newDocuments: ['d'] })).toContain('resubmit');
    expect(actionsOf(denied, offer)).not.toContain('resubmit');
  });
});

describe('given a loss that only its seller can tell of', () => {
  const told = after((state) =>
    observe(state, { ...finding, subtype: 'removal_damaged' }, seen('d')),
  );

  it('then the word can be put right while Amazon is connected', () => {
    expect(actionsOf(told, offer)).toContain('assert');
    expect(actionsOf(told, { ...offer, connected: false })).not.toContain('assert');
    const said = {
      subtype: 'removal_damaged',
      orderId: null,
      removalOrderId: 'R1',
      sku: 'SKU-1',
      quantity: 2,
      note: null,
    } as const;
    const asserted = { tenantId: 't', said, assertedOn: '2026-10-01', cause };
    expect(assertLoss(null, asserted)).toMatchObject({ code: 'amazon_not_connected' });
    const first = assertLoss(connection, asserted);
    const second = assertLoss(connection, { ...asserted, said: { ...said, quantity: 1 } });
    expect(first).toMatchObject({ event: { type: 'claim.loss_asserted', data: { quantity: 2 } } });
    expect(second).toMatchObject({ assertionId: 'assertionId' in first && first.assertionId });
  });
});
