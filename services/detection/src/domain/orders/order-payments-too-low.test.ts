import { checkEventData } from '@recoup/contracts';
import { addDays } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import {
  claimed,
  examineOrder,
  money,
  ORDER,
  ORDERS_READ,
  refund,
  returned,
  sale,
} from '../../../test/order-story.js';
import { payment, type Paid } from '../../../test/story.js';

const DAY = '2026-07-10';
const PAID = '2026-09-01';
const missing = { state: 'missing', from: null, to: null, reason: 'refused' } as const;
const paid = (more: Partial<Paid> = {}) =>
  payment({
    day: PAID,
    reason: 'CustomerReturn',
    units: 1,
    order: ORDER,
    perUnit: '7.50',
    ...more,
  });
const sold = [sale(), refund(DAY)];
const two = [sale(2), refund(DAY, 2)];
const low = (more: Partial<Paid> = {}, today = PAID) =>
  claimed({ transactions: sold, reimbursements: [paid(more)], today });

describe('given a payment for a unit of an order below its price less its fees', () => {
  it('then what it lacks is claimed, for 60 days', () => {
    const reimbursements = [paid({ id: 'R1' })];
    const { findings } = examineOrder({ transactions: sold, reimbursements, today: PAID });
    expect(findings).toMatchObject([
      {
        claimType: 'missing_reimbursement',
        subtype: 'reimbursement_undervalued',
        quantity: 1,
        ...{ lossDay: PAID, opensOn: PAID, deadline: addDays(PAID, 60) },
        subject: { orderId: ORDER, sku: 'SKU-1', reimbursementId: 'R1' },
        value: { basis: 'difference', total: { amount: '4.50', currency: 'USD' } },
        allocation: [
          { kind: 'expected', amount: { amount: '12.00' } },
          { kind: 'paid', amount: { amount: '7.50' } },
        ],
      },
    ]);
    const data = { ...findings[0], detectionId: 'detection_1' };
    expect(checkEventData('claim.detected', data)).toEqual(data);
    const on = (days: number) => low({}, addDays(PAID, days)).length;
    expect([59, 60, 61].map(on)).toEqual([1, 1, 0]);
  });

  it.each<readonly [string, Partial<Paid>]>([
    ['it was enough', { perUnit: '12.00' }],
    ['it lacks a hundredth', { perUnit: '11.88' }],
    ['it was in kind', { inKind: true }],
    ['it was in another currency', { currency: 'CAD' }],
    ['it was for no whole unit', { reason: 'GeneralAdjustment' }],
    ['it was for a unit that was not as new', { of: { condition: 'CustomerDamaged' } }],
    ['it may be for another product', { of: { sku: 'SKU-9' } }],
  ])('then nothing is claimed where %s', (_, more) => {
    expect(low(more)).toEqual([]);
  });

  it('then nothing is claimed where the sale or its fees are not known, or the unit came back', () => {
    const free = sale(1, { amounts: { Principal: '20.00' } });
    const held = [sale(1, { held: true }), refund(DAY)];
    const reimbursements = [paid()];
    for (const transactions of [held, [free, refund(DAY)], [refund(DAY)]]) {
      expect(claimed({ transactions, reimbursements, today: PAID })).toEqual([]);
    }
    const returns = [returned('2026-09-03')];
    expect(claimed({ transactions: sold, reimbursements, returns, today: PAID })).toEqual([]);
    const coverage = { ...ORDERS_READ, transactions: missing };
    expect(claimed({ transactions: sold, reimbursements, coverage, today: PAID })).toEqual([]);
  });

  it('then nothing is claimed once it was taken back', () => {
    const back = paid({ reason: 'Reimbursement_Reversal', units: -1, original: 'R1' });
    const reimbursements = [paid({ id: 'R1' }), back];
    expect(claimed({ transactions: sold, reimbursements, today: PAID })).toEqual([]);
  });

  it('then what another payment was too high makes up for it', () => {
    const scene = (perUnit: string, reason = 'CustomerReturn') => ({
      transactions: sold,
      reimbursements: [paid(), paid({ day: addDays(PAID, 3), reason, perUnit })],
      today: addDays(PAID, 5),
    });
    expect(claimed(scene('4.50'))).toEqual([]);
    expect(examineOrder(scene('1.25')).findings).toMatchObject([
      {
        value: { total: { amount: '3.25' } },
        allocation: [
          { kind: 'expected' },
          { kind: 'paid', day: PAID },
          { kind: 'paid', day: addDays(PAID, 3), amount: { amount: '1.25' } },
        ],
      },
    ]);
  });

  it('then of a line that customer service paid something for as well nothing is claimed', () => {
    const service = paid({
      day: addDays(PAID, 3),
      reason: 'CustomerServiceIssue',
      perUnit: '1.25',
    });
    const reimbursements = [paid(), service];
    expect(claimed({ transactions: sold, reimbursements, today: '2026-09-10' })).toEqual([]);
  });

  it('then of two units the one that was paid is claimed here, and the other as not returned', () => {
    const scene = { transactions: two, reimbursements: [paid()], today: '2026-09-10' };
    expect(claimed(scene)).toEqual([
      ['refund_not_returned', 1],
      ['reimbursement_undervalued', 1],
    ]);
  });

  it('then each payment has its own window', () => {
    const later = money({
      ...{ day: '2026-08-20', units: 1, type: 'Refund' },
      amounts: { Principal: '-20.00', Commission: '2.40' },
    });
    const second = addDays(PAID, 20);
    const scene = {
      transactions: [sale(2), refund(DAY), later],
      reimbursements: [paid(), paid({ day: second })],
    };
    const on = (today: string) => claimed({ ...scene, today }).length;
    expect([second, addDays(PAID, 61), addDays(second, 61)].map(on)).toEqual([2, 1, 0]);
  });
});
