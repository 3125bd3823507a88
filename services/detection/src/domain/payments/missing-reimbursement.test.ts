import { describe, expect, it } from 'vitest';
import { findings } from '../../../test/look-at-product.js';
import { credit, ledgerRow, payment } from '../../../test/story.js';
import type { ProductFacts } from '../facts.js';

const PAID = '2026-06-01';
const ledger = [ledgerRow({ day: '2026-05-23', reason: 'M', quantity: -2, open: 0 })];
const row = (key: string) =>
  payment({ day: PAID, reason: 'Lost_Warehouse', units: 1, perUnit: '10.00', id: 'R1' }, key);
const missing = (facts: Partial<ProductFacts>) =>
  findings('missing_reimbursement', { ledger, today: '2026-06-25', ...facts });

describe('given a reimbursement that stands in two rows', () => {
  const [first, second] = [row('row-1'), row('row-2')];

  it('then it is one claim over both, whatever their order, and the claim of the first of them alone', () => {
    const [both, ...more] = missing({ reimbursements: [first, second] });
    expect(more).toEqual([]);
    expect(both).toMatchObject({
      ...{ quantity: 2, subject: { reimbursementId: 'R1' } },
      value: { total: { amount: '20.00', currency: 'USD' } },
      sources: [{ key: 'row-1' }, { key: 'row-2' }],
    });
    expect(missing({ reimbursements: [second, first] })).toEqual([both]);
    const [alone] = missing({ reimbursements: [first] });
    expect(alone).toMatchObject({ claimId: both?.claimId, quantity: 1 });
  });

  it('then it is paid by one credit over both, or by one for each', () => {
    const paid = (...amounts: readonly string[]) =>
      missing({
        reimbursements: [first, second],
        transactions: amounts.map((amount) => credit({ day: '2026-06-02', amount })),
      });
    expect(paid('20.00')).toEqual([]);
    expect(paid('10.00', '10.00')).toEqual([]);
  });
});

it('given a row whose amount is below zero, then it took money, and nothing is missing', () => {
  const taken = payment(
    { day: PAID, reason: 'CustomerReturn', units: 1, perUnit: '-0.27', id: 'R2' },
    'row-3',
  );
  expect(missing({ reimbursements: [taken] })).toEqual([]);
});
