import { addDays } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { claimed, examineOrder, ORDER, refund, returned, sale } from '../../../test/order-story.js';
import { payment } from '../../../test/story.js';

const DAY = '2026-07-10';
const sold = [sale(), refund(DAY)];
const paid = () => payment({ day: '2026-09-01', reason: 'CustomerReturn', units: 1, order: ORDER });

describe('given a unit that came back and is no good', () => {
  it('then what Amazon damaged is owed, from the refund on', () => {
    const returns = [returned('2026-07-20', { disposition: 'DAMAGED' })];
    const [finding] = examineOrder({ transactions: sold, returns }).findings;
    expect(finding).toMatchObject({
      subtype: 'return_damaged_by_amazon',
      ...{ lossDay: DAY, deadline: addDays(DAY, 120) },
      subject: { fnsku: 'X001', facility: 'PHX7' },
      allocation: [{ kind: 'returned', day: '2026-07-20', quantity: 1, reference: 'LPN1' }],
    });
  });

  it.each([
    [0, 1],
    [45, 1],
    [46, 0],
  ])('then what a carrier damaged is owed for 45 days from the return: on day %d %d', (days, n) => {
    const returns = [returned('2026-07-20', { disposition: 'CARRIER_DAMAGED' })];
    const today = addDays('2026-07-20', days);
    const { findings } = examineOrder({ transactions: sold, returns, today });
    expect(findings).toHaveLength(n);
    for (const { tier, lossDay } of findings) {
      expect(lossDay).toBe('2026-07-20');
      expect(tier).not.toBe('auto');
    }
  });

  it('then nothing is owed where Amazon has paid, or the buyer had no refund', () => {
    const returns = [returned('2026-07-20', { disposition: 'DAMAGED' })];
    expect(claimed({ transactions: sold, returns, reimbursements: [paid()] })).toEqual([]);
    expect(claimed({ transactions: [sale()], returns })).toEqual([]);
  });

  it('then what no shelf took in is owed, and is no missing return as well', () => {
    const row = returned('2026-07-20');
    const lostReturns = new Map([[ORDER, [row]]]);
    expect(claimed({ transactions: sold, returns: [row], lostReturns })).toEqual([
      ['return_lost_in_fc', 1],
    ]);
  });

  it('then what a person says of the wrong item is claimed, for what came back at most, by a person', () => {
    const about = { subtype: 'return_wrong_item', sku: 'SKU-1', assertedOn: '2026-08-01' } as const;
    const assertions = [{ ...about, orderId: ORDER, quantity: 5 }];
    const scene = { transactions: sold, returns: [returned('2026-07-20')] };
    expect(claimed(scene)).toEqual([]);
    const { findings } = examineOrder({ ...scene, assertions });
    expect(findings).toMatchObject([{ subtype: 'return_wrong_item', quantity: 1, lossDay: DAY }]);
    expect(findings[0]?.tier).not.toBe('auto');
    const other = [{ ...about, orderId: '111-9', quantity: 1 }];
    expect(claimed({ ...scene, assertions: other })).toEqual([]);
  });
});
