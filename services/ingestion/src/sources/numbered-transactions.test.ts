import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identify } from '@recoup/facts';
import { numbered, type DraftTransaction } from './numbered-transactions.js';

const draft = (change: Partial<DraftTransaction['data']> = {}): DraftTransaction => ({
  raw: null,
  data: {
    type: 'Refund',
    held: false,
    postedDay: '2026-01-02',
    postedAt: '2026-01-02T03:04:05Z',
    orderId: '111-1',
    total: { amount: '-10', currency: 'USD' },
    items: [{ sku: 'S-1', quantity: 1, amounts: [] }],
    amounts: [],
    transactionId: 't1',
    status: 'RELEASED',
    description: null,
    marketplaceId: null,
    deferredUntil: null,
    identifiers: null,
    asins: null,
    reason: null,
    fnskus: null,
    orderItemIds: null,
    sku: null,
    ...change,
  },
});
const fee = (change: Partial<DraftTransaction['data']> = {}): DraftTransaction =>
  draft({ type: 'ServiceFee', items: [], orderId: null, ...change });

const keyOf = (one: DraftTransaction): string => {
  const facts = numbered([one]).map(({ data }) => data);
  return identify('transaction', facts)[0]?.key ?? '';
};

describe('the identity of a transaction', () => {
  it.each([
    ['what only one generation tells', { transactionId: null, marketplaceId: 'M', asins: ['B01'] }],
    ['the total of what an order brought', { total: null }],
    ['the release of deferred money', { status: null }],
  ])('does not change with %s', (_, change) => {
    expect(keyOf(draft(change))).toBe(keyOf(draft()));
  });

  it.each([
    ['order', { orderId: '111-2' }],
    ['second', { postedAt: '2026-01-02T03:04:06Z' }],
    ['product', { items: [{ sku: 'S-2', quantity: 1, amounts: [] }] }],
    ['type', { type: 'Chargeback' }],
    ['money that is held', { held: true }],
  ])('changes with the %s', (_, change) => {
    expect(keyOf(draft(change))).not.toBe(keyOf(draft()));
  });

  it('of an adjustment does not change with the order, which v0 does not tell, but with the total', () => {
    const paid = draft({ type: 'Adjustment' });
    expect(keyOf(draft({ type: 'Adjustment', orderId: null }))).toBe(keyOf(paid));
    const other = { type: 'Adjustment', total: { amount: '-11', currency: 'USD' } };
    expect(keyOf(draft(other))).not.toBe(keyOf(paid));
  });

  it('of a service fee does not change with the instant, which v0 does not tell', () => {
    expect(keyOf(fee({ postedAt: null }))).toBe(keyOf(fee()));
    expect(keyOf(fee({ postedDay: '2026-01-03' }))).not.toBe(keyOf(fee()));
  });

  it('given twins in any order, then each has the same number', () => {
    const twins = ['a', 'b', 'c'].map((transactionId) => draft({ transactionId }));
    const numbersOf = (drafts: readonly DraftTransaction[]) =>
      new Map(numbered(drafts).map(({ data }) => [data.transactionId, data.ordinal]));
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...twins, draft({ orderId: '111-2' })], { minLength: 4 }),
        (drafts) => {
          const numbers = numbersOf(drafts);
          expect([numbers.get('a'), numbers.get('b'), numbers.get('c')]).toEqual([0, 1, 2]);
        },
      ),
    );
  });
});
