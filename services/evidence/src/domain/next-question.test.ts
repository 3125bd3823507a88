import type { DocumentCheck, PromptAnswer } from '@recoup/contracts';
import type { ClaimState } from '@recoup/domain';
import { describe, expect, it } from 'vitest';
import { claimOf, detectedData, unknownValue, type Detected } from '../testing/detected.js';
import { lostRow } from '../testing/rows.js';
import { nextQuestion } from './next-question.js';

function claimWith(change: Partial<Detected>, ...answers: PromptAnswer[]): ClaimState {
  const claim = claimOf(detectedData({ ledger: [lostRow()], change }));
  const { claimId } = claim;
  return {
    ...claim,
    answers: answers.map((answer, n) => ({ claimId, promptId: `p${n}`, quantity: 4, answer })),
  };
}

const lacking = (...types: string[]): DocumentCheck[] =>
  types.map((type) => ({ type, status: 'Missing', reasons: ['not there'] }));

const inbound = { subtype: 'inbound_shortage' } as const;
const delivery = lacking('inbound_invoice', 'proof_of_delivery');
const parcel = { kind: 'partnered_carrier', partnered: false } as const;
const cost = { kind: 'unit_cost', unitCost: { amount: '4.20', currency: 'USD' } } as const;
const tracked = { kind: 'tracking_number', trackingNumber: '1Z999' } as const;
const none = (documentType: string) => ({ kind: 'document', documentType, given: 'none' }) as const;

describe('given a shipment of which nothing has been told', () => {
  it('then one thing after the other is asked, the cheapest first, and nothing twice', () => {
    const told: PromptAnswer[] = [];
    const asked: (string | undefined)[] = [];
    for (const answer of [
      parcel,
      cost,
      tracked,
      none('inbound_invoice'),
      none('proof_of_delivery'),
    ]) {
      const claim = claimWith({ ...inbound, value: unknownValue }, ...told);
      const question = nextQuestion(claim, delivery);
      asked.push(question?.documentType ?? question?.kind);
      expect(question?.question.match(/\?|upload/g)).toHaveLength(1);
      told.push(answer);
    }
    expect(asked).toEqual([
      ...['partnered_carrier', 'unit_cost', 'tracking_number'],
      ...['inbound_invoice', 'proof_of_delivery'],
    ]);
    const claim = claimWith({ ...inbound, value: unknownValue }, ...told);
    expect(nextQuestion(claim, delivery)).toBeNull();
  });

  it('when a document was rejected, then another is asked for, and why', () => {
    const rejected = [{ type: 'inbound_invoice', status: 'Rejected', reasons: ['a pro-forma'] }];
    const question = nextQuestion(claimWith(inbound), rejected as DocumentCheck[]);
    expect(question).toMatchObject({ kind: 'document', documentType: 'inbound_invoice' });
    expect(question?.question).toContain('a pro-forma');
  });
});

describe('given what no word of the seller mends', () => {
  it('then an unknown price of a sale is not asked for, nor what Amazon’s reports lack', () => {
    const claim = claimWith({ subtype: 'refund_not_returned', value: unknownValue });
    expect(nextQuestion(claim, lacking('facts_extract'))).toBeNull();
  });
});
