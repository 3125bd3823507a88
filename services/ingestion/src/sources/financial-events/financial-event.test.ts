import { transactionFactSchema, type TransactionFact } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { UnexpectedAnswer } from '../../amazon/errors.js';
import { numbered } from '../numbered-transactions.js';
import { financialEventDraft } from './financial-event.js';

const usd = (CurrencyAmount: number) => ({ CurrencyCode: 'USD', CurrencyAmount });
const DAY = '2026-01-05';

function factOf(list: string, event: unknown): TransactionFact {
  const [fact] = numbered([financialEventDraft({ list, event }, DAY)]);
  return transactionFactSchema.parse(fact?.data);
}

describe('a financial event of v0', () => {
  const refund = {
    AmazonOrderId: '111-1',
    SellerOrderId: 'for Jane Doe',
    PostedDate: '2026-01-02T03:04:05Z',
    ShipmentItemAdjustmentList: [
      {
        SellerSKU: 'S-1',
        OrderAdjustmentItemId: '77',
        QuantityShipped: 1,
        ItemChargeAdjustmentList: [
          { ChargeType: 'Principal', ChargeAmount: usd(-20) },
          { ChargeType: 'Tax', ChargeAmount: usd(-1.4) },
          { ChargeType: 'GiftWrap', ChargeAmount: usd(0) },
          { ChargeType: 'RestockingFee', ChargeAmount: usd(4) },
        ],
        ItemFeeAdjustmentList: [
          { FeeType: 'Commission', FeeAmount: usd(3) },
          { FeeType: 'RefundCommission', FeeAmount: usd(-0.6) },
        ],
        PromotionAdjustmentList: [
          { PromotionType: 'X', PromotionId: 'by the seller', PromotionAmount: usd(2) },
        ],
        ItemTaxWithheldList: [
          {
            TaxesWithheld: [
              { ChargeType: 'MarketplaceFacilitatorTax-Principal', ChargeAmount: usd(1.4) },
            ],
          },
        ],
      },
    ],
  };

  it('given a refund, then what was refunded by kind, and their sum', () => {
    const fact = factOf('RefundEventList', refund);
    expect(fact).toMatchObject({
      type: 'Refund',
      status: 'RELEASED',
      held: false,
      orderId: '111-1',
      postedAt: '2026-01-02T03:04:05Z',
      total: { amount: '-11.6', currency: 'USD' },
      orderItemIds: ['77'],
      transactionId: null,
      marketplaceId: null,
      identifiers: null,
      asins: null,
    });
    const [item] = fact.items;
    expect(item).toMatchObject({ sku: 'S-1', quantity: 1 });
    expect(
      Object.fromEntries(item?.amounts.map(({ type, amount }) => [type, amount]) ?? []),
    ).toEqual({
      Principal: '-20',
      Tax: '-1.4',
      RestockingFee: '4',
      Commission: '3',
      RefundCommission: '-0.6',
      Promotion: '2',
      'MarketplaceFacilitatorTax-Principal': '1.4',
    });
  });

  it.each([
    ['GuaranteeClaimEventList', 'GuaranteeClaim'],
    ['ChargebackEventList', 'Chargeback'],
    ['ShipmentEventList', 'Shipment'],
  ])('given %s, then a %s of the same shape', (list, type) => {
    expect(factOf(list, refund)).toMatchObject({ type, total: { amount: '-11.6' } });
  });

  it('given an adjustment of several items, then each with its units; what they leave is Other', () => {
    const item = (sku: string, amount: number) => ({
      Quantity: '2',
      PerUnitAmount: usd(amount / 2),
      TotalAmount: usd(amount),
      SellerSKU: sku,
      FnSKU: `X-${sku}`,
      ASIN: `B-${sku}`,
    });
    const fact = factOf('AdjustmentEventList', {
      AdjustmentType: 'WAREHOUSE_LOST',
      PostedDate: '2026-01-02T03:04:05Z',
      AdjustmentAmount: usd(25.5),
      AdjustmentItemList: [item('S-2', 15), item('S-1', 10)],
    });
    const paid = (amount: string) => [
      { type: 'FBAInventoryReimbursement', amount, currency: 'USD' },
    ];
    expect(fact).toMatchObject({
      type: 'Adjustment',
      reason: 'WAREHOUSE_LOST',
      orderId: null,
      fnskus: ['X-S-1', 'X-S-2'],
      asins: ['B-S-1', 'B-S-2'],
      items: [
        { sku: 'S-1', quantity: 2, amounts: paid('10') },
        { sku: 'S-2', quantity: 2, amounts: paid('15') },
      ],
      amounts: [{ type: 'Other', amount: '0.5' }],
      total: { amount: '25.5' },
    });
  });

  it.each(['REVERSAL_REIMBURSEMENT', 'FBAInventoryReimbursement'])(
    'given %s that takes money back, then it is a reversal',
    (AdjustmentType) => {
      const AdjustmentAmount = usd(-12);
      expect(factOf('AdjustmentEventList', { AdjustmentType, AdjustmentAmount }).amounts).toEqual([
        { type: 'FBAReversedReimbursement', amount: '-12', currency: 'USD' },
      ]);
    },
  );

  it('given a service fee, which has no date, then it is of the day that was asked for', () => {
    const fact = factOf('ServiceFeeEventList', {
      FeeReason: 'Removal',
      SellerSKU: 'S-1',
      FeeList: [{ FeeType: 'FBARemovalFee', FeeAmount: usd(-0.84) }],
    });
    expect(fact).toMatchObject({
      type: 'ServiceFee',
      postedAt: null,
      postedDay: DAY,
      sku: 'S-1',
      reason: 'Removal',
      items: [],
      amounts: [{ type: 'FBARemovalFee', amount: '-0.84' }],
    });
  });

  it('given a liquidation, then its parts by the words of the newer generation', () => {
    const fact = factOf('RemovalShipmentEventList', {
      PostedDate: '2026-01-02T03:04:05Z',
      OrderId: 'R-1',
      RemovalShipmentItemList: [{ Revenue: usd(0.83), FeeAmount: usd(-0.47) }],
    });
    expect(fact).toMatchObject({ orderId: 'R-1', total: { amount: '0.36' } });
    expect(fact.amounts.map(({ type }) => type)).toEqual(['AmazonFees', 'RecommerceLiquidation']);
  });

  it.each(['LoanServicingEventList', 'SomethingNewEventList'])(
    'given %s, whose amounts are not read, then a fact without a total, and its words kept',
    (list) => {
      const event = { LoanAmount: usd(5), TransactionPostedDate: '2026-01-02T03:04:05Z' };
      const draft = financialEventDraft({ list, event }, DAY);
      expect(draft.data).toMatchObject({ total: null, amounts: [], postedDay: '2026-01-02' });
      expect(draft.raw).toEqual({ list, event });
    },
  );

  it('keeps nothing of what a seller wrote, or of a payment instrument', () => {
    const { raw } = financialEventDraft({ list: 'RefundEventList', event: refund }, DAY);
    expect(JSON.stringify(raw)).not.toMatch(/Jane/);
    const debt = { RecoveryAmount: usd(1), ChargeInstrumentList: [{ Tail: '4242' }] };
    const kept = financialEventDraft({ list: 'DebtRecoveryEventList', event: debt }, DAY).raw;
    expect(kept).toEqual({
      list: 'DebtRecoveryEventList',
      event: { RecoveryAmount: usd(1) },
    });
  });

  it('given another shape than its list has, then it is refused and names where', () => {
    const event = { AmazonOrderId: '1', ShipmentItemList: {} };
    expect(() => factOf('RefundEventList', event)).toThrow(UnexpectedAnswer);
  });
});
