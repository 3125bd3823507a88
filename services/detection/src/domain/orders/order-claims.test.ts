import { checkEventData } from '@recoup/contracts';
import { addDays } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import {
  claimed,
  examineOrder,
  money,
  ORDER,
  orderBy,
  ORDERS_READ,
  refund,
  REPLACEMENT,
  replaced,
  returned,
  sale,
} from '../../../test/order-story.js';
import { payment } from '../../../test/story.js';

const DAY = '2026-07-10';
const sold = [sale(), refund(DAY)];
const two = [sale(2), refund(DAY, 2)];
const paid = (more: Partial<Parameters<typeof payment>[0]> = {}) =>
  payment({ day: '2026-09-01', reason: 'CustomerReturn', units: 1, order: ORDER, ...more });
const bought = { Principal: '20.00', Commission: '-3.00', FBAPerUnitFulfillmentFee: '-5.00' };

describe('given a refund whose unit never came back', () => {
  it('then it is owed at its price less its fees, from the refund on', () => {
    const [finding] = examineOrder({ transactions: sold }).findings;
    expect(finding).toMatchObject({
      claimType: 'missing_reimbursement',
      subtype: 'refund_not_returned',
      quantity: 1,
      ...{ lossDay: DAY, opensOn: addDays(DAY, 60), deadline: addDays(DAY, 120) },
      subject: { orderId: ORDER, sku: 'SKU-1', marketplaceId: 'ATVPDKIKX0DER' },
      value: {
        basis: 'sale_price_less_fees',
        perUnit: { amount: '12.00', currency: 'USD' },
        total: { amount: '12.00', currency: 'USD' },
      },
      allocation: [{ kind: 'refunded', day: DAY, quantity: 1, reference: ORDER }],
    });
    const data = { ...finding, detectionId: 'detection_1' };
    expect(checkEventData('claim.detected', data)).toEqual(data);
  });

  it.each([
    ['ATVPDKIKX0DER', 59, 0],
    ['ATVPDKIKX0DER', 60, 1],
    ['ATVPDKIKX0DER', 120, 1],
    ['ATVPDKIKX0DER', 121, 0],
    ['A1PA6795UKMFR9', 44, 0],
    ['A1PA6795UKMFR9', 45, 1],
    ['A1PA6795UKMFR9', 105, 1],
    ['A1PA6795UKMFR9', 106, 0],
    ['A1F83G8C2ARO7P', 45, 1],
    ['A1F83G8C2ARO7P', 106, 0],
  ])('then in %s on day %d it is found %d times', (marketplaceId, days, times) => {
    const order = orderBy('AMAZON', marketplaceId);
    const today = addDays(DAY, days);
    expect(examineOrder({ order, transactions: sold, today }).findings).toHaveLength(times);
  });

  it('then days are those of the store, also when its clocks change between', () => {
    // Refunded on 1 October in Seattle, where 30 November begins at 08:00 UTC, in winter time.
    const transactions = [sale(), refund('2026-10-02', 1, { at: '2026-10-02T06:59:59Z' })];
    const at = (asOf: string) => examineOrder({ transactions, asOf }).findings;
    expect(at('2026-11-30T07:59:59Z')).toEqual([]);
    expect(at('2026-11-30T08:00:00Z')).toMatchObject([{ lossDay: '2026-10-01' }]);
    const last = '2027-01-30T07:59:59Z';
    expect(at(last)).toHaveLength(1);
    expect(at('2027-01-30T08:00:00Z')).toEqual([]);
  });

  it('then a place of which no policy speaks is counted, and nothing is claimed', () => {
    const order = orderBy('AMAZON', 'A1VC38T7YXB528');
    expect(examineOrder({ order, transactions: sold })).toMatchObject({
      findings: [],
      unjudged: 1,
    });
  });

  it('then a part that came back or was paid is not owed, and the trace adds up', () => {
    const [finding] = examineOrder({
      transactions: [sale(3), refund(DAY, 3)],
      returns: [returned('2026-07-20')],
      reimbursements: [paid({ id: 'R1' })],
    }).findings;
    expect(finding).toMatchObject({
      quantity: 1,
      allocation: [
        { kind: 'refunded', quantity: 3 },
        { kind: 'returned', quantity: 1, reference: 'LPN1', facility: 'PHX7' },
        { kind: 'reimbursed', quantity: 1, reference: 'R1' },
      ],
    });
    expect(finding?.sources.map(({ kind }) => kind)).toEqual([
      'transaction',
      'customerReturn',
      'reimbursement',
    ]);
  });

  it('then several refunds of one day are one claim, and it stays the same one', () => {
    const id = (transactions: typeof sold) =>
      examineOrder({ transactions }).findings.map(({ claimId, quantity }) => [claimId, quantity]);
    const [[first] = []] = id([sale(2), refund(DAY)]);
    expect(id([sale(2), refund(DAY), refund(DAY)])).toEqual([[first, 2]]);
  });

  it('then it is owed again when what was paid for it was taken back', () => {
    const back = { reason: 'Reimbursement_Reversal', units: -1, original: 'R1' };
    const reimbursements = [paid({ id: 'R1' }), paid({ ...back, id: 'R2' })];
    expect(claimed({ transactions: sold, reimbursements })).toEqual([['refund_not_returned', 1]]);
  });

  it.each([
    ['the commission', { Principal: '20.00', FBAPerUnitFulfillmentFee: '-5.00' }],
    ['the fulfilment fee', { Principal: '20.00', Commission: '-3.00' }],
  ])('then without %s its value is unknown and it never goes out by itself', (_, amounts) => {
    const transactions = [sale(1, { amounts }), refund(DAY)];
    const [finding] = examineOrder({ order: orderBy('AMAZON'), transactions }).findings;
    expect(finding).toMatchObject({ value: { basis: 'unknown', total: null } });
    expect(finding?.tier).not.toBe('auto');
  });

  it('then a discount lowers its value', () => {
    const transactions = [sale(1, { amounts: { ...bought, Promotion: '-2.00' } }), refund(DAY)];
    const [finding] = examineOrder({ transactions }).findings;
    expect(finding?.value.total).toEqual({ amount: '10.00', currency: 'USD' });
  });

  it('then without one of its sources nothing is found', () => {
    for (const source of ['returns', 'replacements', 'reimbursements'] as const) {
      const coverage = { ...ORDERS_READ, [source]: { state: 'missing', from: null, to: null } };
      expect(examineOrder({ transactions: sold, coverage }).findings).toEqual([]);
    }
  });
});

describe('given what looks like a unit that never came back', () => {
  const part = (amounts: Record<string, string>) => [
    sale(),
    money({ day: DAY, units: 1, type: 'Refund', amounts }),
  ];
  it.each([
    ['a part of the price', part({ Principal: '-6.00' })],
    ['shipping alone', part({ ShippingCharge: '-4.99' })],
    ['fees alone', part({ Commission: '0.75' })],
    ['goodwill', part({ Goodwill: '-20.00' })],
    ['a refund before the shipment', [sale(), refund('2026-06-30')]],
    ['a refund in another currency', [sale(), refund(DAY, 1, { currency: 'CAD' })]],
    ['a refund of what is not known to have been sold', [refund(DAY)]],
    ['a refund that is held', [sale(), refund(DAY, 1, { held: true })]],
    ['a guarantee claim', [...sold, refund(DAY, 1, { type: 'GuaranteeClaim' })]],
    ['a chargeback', [...sold, refund(DAY, 1, { type: 'Chargeback' })]],
    [
      'a sale below its fees',
      [
        sale(1, { amounts: { ...bought, Principal: '7.99' } }),
        refund(DAY, 1, { amounts: { Principal: '-7.99' } }),
      ],
    ],
  ])('then nothing is claimed for %s', (_, transactions) => {
    const order = orderBy('AMAZON');
    expect(examineOrder({ order, transactions })).toMatchObject({ findings: [], unjudged: 0 });
  });

  it.each([
    ['came back late', { returns: [returned('2026-09-20')] }],
    ['came back before the refund', { returns: [returned('2026-07-05')] }],
    ['is sold on as used', { returns: [returned(DAY, { sku: 'amzn.gr.SKU-1-x' })] }],
    ['came back as another product', { returns: [returned(DAY, { sku: 'SKU-9', fnsku: 'X9' })] }],
    ['came back damaged by its buyer', { returns: [returned(DAY, { disposition: 'DEFECTIVE' })] }],
    ['was paid', { reimbursements: [paid()] }],
    ['was paid in kind', { reimbursements: [paid({ inKind: true })] }],
    [
      'was paid without a clear reason',
      { reimbursements: [paid({ reason: 'GeneralAdjustment' })] },
    ],
    ['was shipped by the merchant', { order: orderBy('MERCHANT') }],
  ])('then nothing is claimed where it %s', (_, more) => {
    expect(claimed({ transactions: sold, ...more })).toEqual([]);
  });

  it('then no more is claimed than was shipped, however much was refunded or replaced', () => {
    const transactions = [...sold, refund('2026-07-12')];
    const all = claimed({ transactions, replacements: [replaced('2026-07-15', '2')] });
    expect(all).toEqual([
      ['refund_not_returned', 1],
      ['refund_overcharge', 1],
    ]);
  });

  it('then money that was held is counted once', () => {
    const transactions = [
      sale(1, { held: true }),
      sale(1, { day: '2026-07-09' }),
      refund('2026-07-05'),
    ];
    expect(claimed({ transactions })).toEqual([['refund_not_returned', 1]]);
  });
});

describe('given a unit that Amazon replaced', () => {
  it.each([
    ['0', 'replacement_not_returned'],
    ['2', 'replacement_not_returned'],
    ['4', 'replacement_not_returned'],
    ['7', 'replacement_not_returned'],
    ['1', 'lost_outbound'],
    ['3', 'lost_outbound'],
    ['6', 'lost_outbound'],
    ['10', 'lost_outbound'],
  ])('then for reason %s the first one is owed as %s', (reason, subtype) => {
    expect(claimed({ transactions: [sale()], replacements: [replaced(DAY, reason)] })).toEqual([
      [subtype, 1],
    ]);
  });

  it.each(['5', '12', '99', ''])('then for reason "%s" nothing is', (reason) => {
    expect(claimed({ transactions: [sale()], replacements: [replaced(DAY, reason)] })).toEqual([]);
  });

  it('then it may come back, or be paid, under either order', () => {
    const scene = { transactions: [sale()], replacements: [replaced(DAY, '2')] };
    expect(claimed({ ...scene, returns: [returned('2026-08-01')] })).toEqual([]);
    const orderId = REPLACEMENT;
    expect(claimed({ ...scene, returns: [returned('2026-08-01', { orderId })] })).toEqual([]);
    expect(claimed({ ...scene, reimbursements: [paid({ order: orderId })] })).toEqual([]);
  });
});

it('given a parcel of which Amazon paid a part as lost, then the rest of it is owed as that', () => {
  const reimbursements = [paid({ reason: 'Lost_Outbound' })];
  expect(claimed({ transactions: two, reimbursements })).toEqual([['lost_outbound', 1]]);
});
