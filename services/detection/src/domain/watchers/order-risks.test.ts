import type { RiskKind } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import {
  examineOrder,
  money,
  ORDER,
  refund,
  returned,
  sale,
  type OrderScene,
} from '../../../test/order-story.js';
import { ledgerRow, payment, type Paid } from '../../../test/story.js';
import { openCatalogue } from '../catalogue.js';

const watched = (kind: RiskKind, scene: OrderScene) =>
  examineOrder(scene).risks.filter((risk) => risk.kind === kind);
const units = (kind: RiskKind, scene: OrderScene) =>
  watched(kind, scene).map(({ quantity }) => quantity);

const paid = (more: Partial<Paid> = {}) =>
  payment({
    ...{ day: '2026-09-01', reason: 'CustomerReturn', units: 1, perUnit: '12.00', order: ORDER },
    ...more,
  });

describe('a payment or return that names an order and another product', () => {
  const other = { sku: 'SKU-9', fnsku: 'X009' };

  it('given a payment of another SKU, then it is shown, and nothing is claimed that it may have been for', () => {
    const scene = {
      transactions: [sale(), refund('2026-07-10')],
      reimbursements: [paid({ of: other, id: 'R1' })],
    };
    expect(watched('identity_conflict', scene)).toMatchObject([
      {
        ...{ quantity: 1, since: '2026-09-01' },
        subject: { orderId: ORDER, sku: 'SKU-9', fnsku: 'X009' },
        reason: expect.stringContaining('not in that order (SKU-1)'),
      },
    ]);
    expect(examineOrder(scene).findings).toEqual([]);
  });

  it('given the SKU of the order and the FNSKU of another product, as the ledger knows it, then it is shown', () => {
    const catalogue = openCatalogue();
    catalogue.learn({ ledger: [ledgerRow({ day: '2026-06-01', reason: 'M', quantity: -1 })] });
    const of = { fnsku: 'X009', asin: 'B009' };
    const scene = { transactions: [sale()], reimbursements: [paid({ of })], catalogue };
    expect(units('identity_conflict', scene)).toEqual([1]);
    const relabelled = [paid({ of: { fnsku: 'B001' } })]; // the same ASIN without a label of its own
    expect(units('identity_conflict', { ...scene, reimbursements: relabelled })).toEqual([]);
  });

  it('given a return of another SKU, then it is shown as long as something may come of it', () => {
    const returns = [returned('2026-08-01', other)];
    const scene = { transactions: [sale()], returns };
    expect(units('identity_conflict', { ...scene, today: '2026-11-29' })).toEqual([1]);
    expect(units('identity_conflict', { ...scene, today: '2026-11-30' })).toEqual([]);
  });

  it('given its own product, one sold on as used, or a payment for stock, then there is no conflict', () => {
    const transactions = [sale()];
    const graded = returned('2026-08-01', { sku: 'amzn.gr.SKU-1-abc', fnsku: 'X0USED' });
    const reimbursements = [paid(), paid({ of: other, reason: 'Lost_Warehouse' })];
    const scene = { transactions, returns: [returned('2026-08-01'), graded], reimbursements };
    expect(units('identity_conflict', scene)).toEqual([]);
    expect(units('identity_conflict', { reimbursements: [paid({ of: other })] })).toEqual([]);
  });
});

describe('units of an order that were paid for twice', () => {
  const twice = [paid({ id: 'R1' }), paid({ id: 'R2', day: '2026-09-11' })];

  it('given one unit sold and two paid for, then one payment may be taken back', () => {
    const scene = { transactions: [sale(), refund('2026-07-10')], reimbursements: twice };
    expect(watched('reimbursed_twice', scene)).toMatchObject([
      { quantity: 1, since: '2026-09-11', lines: [{ reference: 'R1' }, { reference: 'R2' }] },
    ]);
  });

  it('given as many sold, a payment that only adds money, a reversal, or an unknown sale, then there is none', () => {
    const [first] = twice;
    if (!first) throw new Error('no payment');
    const transactions = [sale(), refund('2026-07-10')];
    expect(units('reimbursed_twice', { transactions: [sale(2)], reimbursements: twice })).toEqual(
      [],
    );
    const more = paid({ id: 'R3', perUnit: '2.00' });
    expect(units('reimbursed_twice', { transactions, reimbursements: [first, more] })).toEqual([]);
    const back = paid({
      ...{ id: 'R4', day: '2026-09-15', reason: 'Reimbursement_Reversal', units: -1 },
      original: 'R2',
    });
    expect(units('reimbursed_twice', { transactions, reimbursements: [...twice, back] })).toEqual(
      [],
    );
    const unsaid = [sale(1, { units: null })];
    expect(units('reimbursed_twice', { transactions: unsaid, reimbursements: twice })).toEqual([]);
  });

  it('given units paid in kind, then their number alone tells', () => {
    const kind = [paid({ id: 'R1' }), paid({ id: 'R2', inKind: true, perUnit: '0.00' })];
    expect(units('reimbursed_twice', { transactions: [sale()], reimbursements: kind })).toEqual([
      1,
    ]);
  });
});

describe('a fee of the wrong sign', () => {
  const today = '2026-09-01';
  const odd = (fee: string) =>
    sale(1, { amounts: { Principal: '20.00', FBAPerUnitFulfillmentFee: '-5.00', [fee]: '3.00' } });

  it.each(['Commission', 'FBAPerUnitFulfillmentFee'])(
    'given a sale that was paid %s, then it is shown',
    (fee) => {
      const risks = watched('fee_sign', { transactions: [odd(fee)], today });
      expect(risks).toMatchObject([
        {
          since: '2026-07-01',
          quantity: null,
          reason: expect.stringContaining('3.00 USD'),
          lines: [{ kind: 'charged', amount: { amount: '3.00', currency: 'USD' } }],
        },
      ]);
    },
  );

  it('given a correction that puts it right, a held twin, or what a refund gives back, then there is none', () => {
    const correction = money({ day: '2026-07-02', units: 0, amounts: { Commission: '-6.00' } });
    const all: readonly OrderScene['transactions'][] = [
      [sale()],
      [odd('Commission'), correction],
      [sale(), sale(1, { held: true, amounts: { Principal: '20.00', Commission: '3.00' } })],
      [sale(), refund('2026-07-10')],
    ];
    for (const transactions of all) {
      expect(watched('fee_sign', { transactions: transactions ?? [], today })).toEqual([]);
    }
  });

  it('given a refund that was charged the commission once more, then it is shown for 90 days', () => {
    const amounts = { Principal: '-20.00', Commission: '-3.00' };
    const transactions = [sale(), refund('2026-07-10', 1, { amounts })];
    expect(watched('fee_sign', { transactions, today: '2026-10-08' })).toMatchObject([
      { since: '2026-07-10', reason: expect.stringContaining('was charged a commission of 3.00') },
    ]);
    expect(watched('fee_sign', { transactions, today: '2026-10-09' })).toEqual([]);
  });
});
