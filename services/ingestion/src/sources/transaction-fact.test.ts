import { transactionFactSchema, type TransactionFact } from '@recoup/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amazonTransactionSchema, type AmazonBreakdown } from '../amazon/transactions.js';
import { sumOfDecimals } from './decimal.js';
import { numbered } from './numbered-transactions.js';
import { transactionDraft } from './transaction-fact.js';

const usd = (currencyAmount: number) => ({ currencyAmount, currencyCode: 'USD' });
const node = (
  breakdownType: string,
  amount: number,
  breakdowns: AmazonBreakdown[] | null = null,
): AmazonBreakdown => ({ breakdownType, breakdownAmount: usd(amount), breakdowns });
const product = { contextType: 'ProductContext', sku: 'S-1', asin: 'B01', quantityShipped: 2 };

/** A fact that the contract accepts. */
function factOf(transaction: object): TransactionFact {
  const read = amazonTransactionSchema.parse({
    transactionId: 't1',
    transactionType: 'Shipment',
    transactionStatus: 'RELEASED',
    postedDate: '2026-01-02T03:04:05.678Z',
    relatedIdentifiers: [{ relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: '111-1' }],
    ...transaction,
  });
  const [fact] = numbered([{ data: transactionDraft(read), raw: null }]);
  return transactionFactSchema.parse(fact?.data);
}

function sumOf({ items, amounts }: TransactionFact): string {
  return sumOfDecimals(
    [...items.flatMap((item) => item.amounts), ...amounts].map(({ amount }) => amount),
  );
}

describe('a transaction of listTransactions', () => {
  const shipment = {
    totalAmount: usd(28.3),
    items: [
      {
        totalAmount: usd(28.3),
        contexts: [product],
        breakdowns: [
          node('ProductCharges', 40, [node('OurPricePrincipal', 40)]),
          node('PromoRebates', -4, [node('OurPriceDiscount', -3), node('ShippingDiscount', -1)]),
          node('Tax', 0, [
            node('OurPriceTax', 2.4),
            node('MarketplaceFacilitatorTax-Principal', -2.4),
          ]),
          node('AmazonFees', -7.7, [
            node('FBAPerUnitFulfillmentFee', -2.3, [node('Base', -2.1), node('Tax', -0.2)]),
            node('Commission', -5.4, [node('Base', -5.4)]),
          ]),
        ],
      },
    ],
    // As Amazon does: the same once more, by headings.
    breakdowns: [
      node('Sales', 36, [node('ProductCharges', 40), node('PromoRebates', -4)]),
      node('Expenses', -7.7, [node('AmazonFees', -7.7)]),
    ],
  };

  it('then each amount comes once, under the common word, with fees whole', () => {
    const fact = factOf(shipment);
    expect(fact.items).toEqual([
      {
        sku: 'S-1',
        quantity: 2,
        amounts: [
          { type: 'Commission', amount: '-5.4', currency: 'USD' },
          { type: 'FBAPerUnitFulfillmentFee', amount: '-2.3', currency: 'USD' },
          { type: 'MarketplaceFacilitatorTax-Principal', amount: '-2.4', currency: 'USD' },
          { type: 'Principal', amount: '40', currency: 'USD' },
          { type: 'Promotion', amount: '-4', currency: 'USD' },
          { type: 'Tax', amount: '2.4', currency: 'USD' },
        ],
      },
    ]);
    expect(fact).toMatchObject({
      amounts: [],
      total: { amount: '28.3' },
      postedAt: '2026-01-02T03:04:05Z',
      postedDay: '2026-01-02',
      orderId: '111-1',
      asins: ['B01'],
      held: false,
    });
  });

  it('given an amount that the items do not explain, then it is kept, and the sum is right', () => {
    const fact = factOf({ ...shipment, totalAmount: usd(30) });
    expect(fact.amounts).toEqual([{ type: 'Other', amount: '1.7', currency: 'USD' }]);
    expect(sumOf(fact)).toBe('30');
  });

  it.each([
    ['DEFERRED', true],
    ['DEFERRED_RELEASED', true],
    ['RELEASED', false],
    [null, false],
  ])('given the status %s, then held is %s', (transactionStatus, held) => {
    const contexts = [{ contextType: 'DeferredContext', maturityDate: '2026-02-01T00:00:00Z' }];
    expect(factOf({ transactionStatus, contexts })).toMatchObject({
      held,
      deferredUntil: '2026-02-01T00:00:00Z',
    });
  });

  it.each([
    ['FBAInventoryReimbursement', 12.5, 'FBAInventoryReimbursement'],
    ['FBAReversedReimbursement', -12.5, 'FBAReversedReimbursement'],
  ])(
    'given %s explained only for the whole, then its item has the amount',
    (word, amount, type) => {
      const fact = factOf({
        transactionType: 'FBAInventoryReimbursement',
        totalAmount: usd(amount),
        items: [{ totalAmount: usd(amount), contexts: [product], breakdowns: null }],
        breakdowns: [node('Adjustments', amount, [node(word, amount)])],
      });
      expect(fact).toMatchObject({ type: 'Adjustment', amounts: [] });
      expect(fact.items).toEqual([
        { sku: 'S-1', quantity: 2, amounts: [{ type, amount: String(amount), currency: 'USD' }] },
      ]);
    },
  );

  it('given a service fee with items without products, then all of it is about the whole', () => {
    const item = (amount: number) => ({
      totalAmount: usd(amount),
      breakdowns: [node('AmazonFees', amount, [node('FBAStorageFee', amount)])],
    });
    const fact = factOf({
      transactionType: 'ServiceFee',
      totalAmount: usd(-9.18),
      items: [item(-6.18), item(-3)],
    });
    expect(fact).toMatchObject({ items: [], asins: null, sku: null });
    expect(fact.amounts).toEqual([{ type: 'FBAStorageFee', amount: '-9.18', currency: 'USD' }]);
  });

  it('given any tree, then its amounts add up to the total', () => {
    const cents = fc.integer({ min: -100_000, max: 100_000 }).map((value) => value / 100);
    const word = fc.constantFrom(
      'Sales',
      'Tax',
      'Base',
      'Promo',
      'OurPricePrincipal',
      'Commission',
    );
    const { tree } = fc.letrec<{ tree: AmazonBreakdown; leaf: AmazonBreakdown }>((tie) => ({
      leaf: fc.tuple(word, cents).map(([type, amount]) => node(type, amount)),
      tree: fc.oneof(
        { maxDepth: 3 },
        tie('leaf'),
        fc
          .tuple(word, cents, fc.array(tie('tree'), { maxLength: 3 }))
          .map(([type, amount, parts]) => node(type, amount, parts)),
      ),
    }));
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 4 }), cents, (breakdowns, total) => {
        const items = [{ totalAmount: usd(total), contexts: [product], breakdowns }];
        for (const one of [
          { totalAmount: usd(total), items },
          { totalAmount: usd(total), breakdowns },
        ]) {
          const fact = factOf(one);
          expect(sumOf(fact)).toBe(fact.total?.amount);
        }
      }),
    );
  });
});
