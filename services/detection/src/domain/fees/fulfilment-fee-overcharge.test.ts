import { describe, expect, it } from 'vitest';
import {
  findIn,
  MEASURE,
  movement,
  preview,
  sale,
  salesFrom,
  stored,
  STORED,
  type FeeStory,
} from '../../../test/fee-story.js';
import type { OrderFacts } from '../facts.js';

const TODAY = '2026-09-20';
const right = salesFrom('2026-06-01', 10);
const wrong = salesFrom('2026-07-01', 5, { fee: '9.61' });
const found = (story: Partial<FeeStory> = {}) =>
  findIn({ today: TODAY, orders: [...right, ...wrong], ...story });

/** An order with more that happened to its money. */
function then(order: OrderFacts, ...more: Parameters<typeof movement>): OrderFacts {
  return { ...order, transactions: [...order.transactions, movement(...more)] };
}

describe('given five units shipped for more than Amazon states', () => {
  it('then all of the excess is one claim, from the first to the last charge', () => {
    const [claim, ...others] = found();
    expect(others).toEqual([]);
    expect(claim).toMatchObject({
      subtype: 'fulfilment_fee_overcharge',
      claimType: 'fee_overcharge',
      subject: { sku: 'SKU-1', fnsku: 'X001', marketplaceId: 'ATVPDKIKX0DER' },
      lossDay: '2026-07-01',
      deadline: '2026-10-03',
      quantity: 5,
      value: {
        basis: 'difference',
        perUnit: null,
        total: { amount: '28.05', currency: 'USD' },
      },
    });
    expect(claim?.allocation.slice(0, 2)).toMatchObject([
      { kind: 'charged', day: '2026-07-01', amount: { amount: '9.61' } },
      { kind: 'expected', day: '2026-07-01', amount: { amount: '4.00' } },
    ]);
  });

  it('then a later charge changes the claim and makes no second one', () => {
    const later = sale({ day: '2026-09-19', fee: '9.61' });
    const [before] = found();
    const [after, ...others] = found({ orders: [...right, ...wrong, later] });
    expect(others).toEqual([]);
    expect(after?.claimId).toBe(before?.claimId);
    expect(after).toMatchObject({ quantity: 6, value: { total: { amount: '33.66' } } });
  });

  it.each([
    ['2026-09-29', 5, '28.05'],
    ['2026-09-30', 4, '22.44'],
    ['2026-10-03', 1, '5.61'],
  ])('when it is %s, then %d charges are not older than 90 days', (today, quantity, amount) => {
    const [claim] = found({ today });
    expect(claim).toMatchObject({ quantity, value: { total: { amount } } });
    expect(claim?.claimId).toBe(found()[0]?.claimId);
  });

  it('when the last of them is 91 days old, then nothing is left', () => {
    expect(found({ today: '2026-10-04' })).toEqual([]);
  });

  it('then days are those of the marketplace, across the end of daylight saving time', () => {
    const late = (at: string) => sale({ day: '2026-08-05', at, fee: '9.61' });
    const evening = [1, 2, 3].map(() => late('2026-08-05T06:59:00Z'));
    const midnight = [1, 2, 3].map(() => late('2026-08-05T07:00:00Z'));
    const orders = [...right, ...evening, ...midnight];
    expect(found({ orders, today: '2026-11-02' })[0]?.quantity).toBe(6);
    expect(found({ orders, today: '2026-11-03' })[0]?.quantity).toBe(3);
    expect(found({ orders, today: '2026-11-04' })).toEqual([]);
  });

  it('when money was held back, then its release is not charged again', () => {
    const orders = wrong.map((order, at) => {
      const day = `2026-07-0${at + 1}`;
      const { orderId } = order;
      const held = { day, orderId, fee: '9.61', held: 'held' } as const;
      const release = { ...held, day: '2026-07-12', held: 'release' } as const;
      return { ...order, transactions: [movement(held), movement(release)] };
    });
    expect(found({ orders: [...right, ...orders] })[0]).toMatchObject({
      quantity: 5,
      deadline: '2026-10-03',
    });
  });

  it('when the season has changed since, then what is right is what the product was charged before', () => {
    const [claim] = found({
      today: '2026-10-20',
      orders: [...right, ...salesFrom('2026-08-01', 4, { fee: '9.61' })],
      previews: [preview({ fulfillmentPerUnit: '4.34' })],
    });
    expect(claim?.value.total?.amount).toBe('22.44');
  });

  it('when it was never charged rightly in that season, then what others of the same fee were charged is', () => {
    const sku = (name: string) => preview({ sku: name, fnsku: name, fulfillmentPerUnit: '4.34' });
    const storage = ['X001', 'P1', 'P2'].flatMap((fnsku) =>
      STORED.map(({ data }) => stored(data.month, { fnsku })),
    );
    const story = {
      today: '2026-10-20',
      orders: [sale({ day: '2026-03-02' }), ...salesFrom('2026-08-01', 4, { fee: '9.61' })],
      previews: [preview({ fulfillmentPerUnit: '4.34' }), sku('P1'), sku('P2')],
      storage,
    };
    expect(findIn(story)).toEqual([]);
    const peers = ['P1', 'P2'].flatMap((name) => salesFrom('2026-08-01', 3, { sku: name }));
    const [claim, ...others] = findIn({ ...story, orders: [...story.orders, ...peers] });
    expect(others).toEqual([]);
    expect(claim).toMatchObject({ quantity: 4, value: { total: { amount: '22.44' } } });
  });
});

describe('given charges that only look too high', () => {
  const larger = { measure: { ...MEASURE, longestSide: '19.00' } };
  const stories: [string, Partial<FeeStory>][] = [
    ['there are two of them', { orders: [...right, ...wrong.slice(0, 2)] }],
    ['an order has several units', { orders: salesFrom('2026-07-01', 9, { units: 2 }) }],
    [
      'the product was larger then',
      {
        storage: STORED.map(({ data }) => stored(data.month, data.month < '2026-08' ? larger : {})),
      },
    ],
    [
      'it was measured anew in the same month',
      {
        storage: STORED.map(({ data }) => stored(data.month, data.month < '2026-07' ? larger : {})),
      },
    ],
    ['its size was not stated before', { storage: [stored('2026-08')] }],
    ['its weight is not known', { previews: [preview({ measure: { ...MEASURE, weight: null } })] }],
    [
      'it was sold for a price of another band',
      { orders: [...right, ...salesFrom('2026-07-01', 9, { fee: '4.51', principal: '55.00' })] },
    ],
    [
      'nobody paid for the units',
      { orders: [...right, ...salesFrom('2026-07-01', 9, { fee: '9.61', principal: '0.00' })] },
    ],
    [
      'the units do not divide the sum',
      { orders: [...right, ...salesFrom('2026-07-01', 9, { fee: '9.61', units: 2 })] },
    ],
    [
      'the fee was given back',
      {
        orders: [
          ...right,
          ...wrong.map((order) =>
            then(order, {
              day: '2026-08-01',
              orderId: order.orderId,
              type: 'Refund',
              fee: '-9.61',
            }),
          ),
        ],
      },
    ],
    ['Amazon states no fee', { previews: [preview({ fulfillmentPerUnit: null })] }],
    ['Amazon states two fees', { previews: [preview(), preview({ fnsku: 'X002' })] }],
    ['it was so from its first sale on', { orders: [...wrong, ...salesFrom('2026-08-01', 9)] }],
    [
      'it was the peak season',
      {
        today: '2027-01-20',
        orders: [...right, ...salesFrom('2026-12-01', 40, { fee: '4.34' })],
      },
    ],
    [
      'there was another card',
      {
        today: '2026-02-10',
        orders: salesFrom('2025-12-01', 40, { fee: '4.34' }),
        storage: [stored('2025-11'), stored('2025-12')],
      },
    ],
    [
      'the charge is of the evening before the change of seasons',
      {
        today: '2027-01-25',
        orders: [
          ...salesFrom('2026-12-01', 9, { fee: '4.34' }),
          ...Array.from({ length: 4 }, () => sale({ day: '2027-01-15', fee: '4.34' })),
          ...salesFrom('2027-01-16', 5),
        ],
      },
    ],
  ];
  it.each(stories)('then nothing is claimed where %s', (_, story) => {
    expect(found(story)).toEqual([]);
  });
});
