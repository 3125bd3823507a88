import { describe, expect, it } from 'vitest';
import {
  findIn,
  movement,
  preview,
  sale,
  salesFrom,
  type FeeStory,
} from '../../../test/fee-story.js';

const right = salesFrom('2026-06-01', 5);
const wrong = salesFrom('2026-07-01', 5, { commission: '4.00' });
const found = (story: Partial<FeeStory> = {}) =>
  findIn({ today: '2026-09-20', orders: [...right, ...wrong], ...story });

describe('given five commissions of another category', () => {
  it('then what is beyond the stated share is one claim', () => {
    const [claim, ...others] = found();
    expect(others).toEqual([]);
    expect(claim).toMatchObject({
      subtype: 'referral_fee_error',
      lossDay: '2026-07-01',
      quantity: 5,
      value: { basis: 'difference', total: { amount: '5.00', currency: 'USD' } },
    });
  });

  it('then a discounted sale counts by what was paid for it', () => {
    const sold = sale({ day: '2026-07-06', discount: '2.00', commission: '3.60' });
    const [claim] = found({ orders: [...right, ...wrong, sold] });
    expect(claim).toMatchObject({ quantity: 6, value: { total: { amount: '5.90' } } });
  });

  it('then a refund takes back its share of the excess, once', () => {
    const [first, ...rest] = wrong;
    if (!first) throw new Error('no sale');
    const refund = movement(
      {
        day: '2026-07-20',
        type: 'Refund',
        principal: '-20.00',
        commission: '-4.00',
        orderId: first.orderId,
      },
      'refund',
    );
    const refunded = { ...first, transactions: [...first.transactions, refund, refund] };
    const [claim] = found({ orders: [...right, refunded, ...rest] });
    expect(claim).toMatchObject({ quantity: 4, value: { total: { amount: '4.00' } } });
  });
});

describe('given commissions that only look too high', () => {
  const least = { price: '1.50', referralPerUnit: '0.30', fulfillmentPerUnit: null };
  const stories: [string, Partial<FeeStory>][] = [
    [
      'a sale is discounted',
      { orders: salesFrom('2026-07-01', 9, { discount: '2.00', commission: '2.70' }) },
    ],
    [
      'shipping is part of what it is taken on',
      {
        orders: [...right, ...salesFrom('2026-07-01', 9, { shipping: '5.00', commission: '3.75' })],
      },
    ],
    [
      'a dearer sale is of another tier',
      {
        orders: [
          ...right,
          ...salesFrom('2026-07-01', 9, { principal: '25.00', commission: '4.25' }),
        ],
      },
    ],
    [
      'it is the least fee of an item',
      {
        orders: [
          ...salesFrom('2026-06-01', 5, { principal: '1.50', commission: '0.30' }),
          ...salesFrom('2026-07-01', 9, { principal: '1.00', commission: '0.30' }),
        ],
        previews: [preview(least)],
      },
    ],
    [
      'no whole share explains what Amazon states',
      { previews: [preview({ referralPerUnit: '3.07' })] },
    ],
    [
      'no whole share explains what was taken',
      { orders: [...right, ...salesFrom('2026-07-01', 9, { commission: '3.97' })] },
    ],
    [
      'it is rounded',
      { orders: [...right, ...salesFrom('2026-07-01', 9, { commission: '3.01' })] },
    ],
    ['it was moved to another category', { orders: [...wrong, ...salesFrom('2026-08-01', 5)] }],
    ['there are two of them', { orders: [...right, ...wrong.slice(0, 2)] }],
    ['Amazon states two prices', { previews: [preview({ salesPrice: '18.00' })] }],
  ];
  it.each(stories)('then nothing is claimed where %s', (_, story) => {
    expect(found(story)).toEqual([]);
  });
});
