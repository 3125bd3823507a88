import { addDays } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { claimed, examineOrder, money, refund, returned, sale } from '../../../test/order-story.js';

const DAY = '2026-07-10';
const sold = [sale(), refund(DAY)];

describe('given refunds above what the buyer had paid', () => {
  const back = [returned('2026-07-12')];
  it('then the difference is owed at once, and a person files it', () => {
    const transactions = [sale(), refund(DAY), refund('2026-07-14')];
    const today = '2026-07-14';
    const [finding] = examineOrder({ transactions, returns: back, today }).findings;
    expect(finding).toMatchObject({
      ...{ subtype: 'refund_overcharge', quantity: 1, lossDay: '2026-07-14' },
      deadline: addDays('2026-07-14', 90),
      value: { basis: 'difference', total: { amount: '20.00', currency: 'USD' } },
    });
    expect(finding?.tier).not.toBe('auto');
    const late = { transactions, returns: back, today: addDays('2026-07-14', 91) };
    expect(examineOrder(late).findings).toEqual([]);
  });

  it.each([
    ['goodwill', { Goodwill: '-5.00' }],
    ['the cost of sending it back', { ReturnShipping: '-5.00' }],
    ['a cent of rounding', { Principal: '-0.01' }],
  ])('then nothing is owed for %s', (_, amounts) => {
    const more = money({ day: '2026-07-14', units: 1, type: 'Refund', amounts });
    expect(claimed({ transactions: [...sold, more], returns: back })).toEqual([]);
  });

  it('then nothing is owed in two currencies, or for money that is kept back for restocking', () => {
    const other = refund('2026-07-14', 1, { currency: 'CAD' });
    expect(claimed({ transactions: [...sold, other], returns: back })).toEqual([]);
    const amounts = { Principal: '-20.00', RestockingFee: '4.00' };
    const kept = [sale(), refund(DAY, 1, { amounts })];
    expect(claimed({ transactions: kept, returns: back })).toEqual([]);
  });
});
