import type { Breakdown, Transaction, TransactionItem } from '../world/transaction.js';
import type { EventList } from './financial-event-lists.js';

/** An event of Finances v0, and the list that it stands in. */
export interface FinancialEventView {
  readonly list: EventList;
  readonly event: object;
}

type Amounts = Readonly<Record<string, number>>;

/** What v0 calls a charge, and what Orders lists of each although it is nothing. */
const CHARGES: Readonly<Record<string, string>> = {
  OurPricePrincipal: 'Principal',
  OurPriceTax: 'Tax',
  RestockingDeductionPrincipal: 'RestockingFee',
};
const ALWAYS_LISTED = [
  'Principal',
  'Tax',
  'GiftWrap',
  'GiftWrapTax',
  'ShippingCharge',
  'ShippingTax',
];

const LIST_OF: Readonly<Record<Transaction['type'], EventList>> = {
  Shipment: 'ShipmentEventList',
  Refund: 'RefundEventList',
  GuaranteeClaim: 'GuaranteeClaimEventList',
  Chargeback: 'ChargebackEventList',
  FBAInventoryReimbursement: 'AdjustmentEventList',
  ServiceFee: 'ServiceFeeEventList',
};

/** A released transaction as Finances v0 tells it: without an id or a marketplace's id, service fees without a date. */
export function financialEventView(transaction: Transaction): FinancialEventView {
  return { list: LIST_OF[transaction.type], event: eventOf(transaction) };
}

function eventOf(transaction: Transaction): object {
  switch (transaction.type) {
    case 'FBAInventoryReimbursement':
      return adjustmentOf(transaction);
    case 'ServiceFee':
      return serviceFeeOf(transaction);
    default:
      return shipmentOf(transaction);
  }
}

function shipmentOf(transaction: Transaction): object {
  const { type, items, identifiers, marketplace } = transaction;
  const adjusts = type !== 'Shipment';
  return {
    AmazonOrderId: identifiers.find(({ name }) => name === 'ORDER_ID')?.value,
    PostedDate: dateOf(transaction),
    MarketplaceName: marketplace.name,
    [adjusts ? 'ShipmentItemAdjustmentList' : 'ShipmentItemList']: items.map((item) =>
      shipmentItemOf(item, { adjusts, currency: marketplace.currency }),
    ),
  };
}

function shipmentItemOf(
  item: TransactionItem,
  { adjusts, currency }: { adjusts: boolean; currency: string },
): object {
  const parts = item.breakdowns ?? [];
  const under = (...headings: string[]) =>
    parts.filter(({ type }) => headings.includes(type)).flatMap(({ parts: inner }) => inner);
  const listed = (name: string) => (adjusts ? `${name}AdjustmentList` : `${name}List`);
  const charged = under('ProductCharges', 'Tax');
  const charges = sums(charged.filter(({ type }) => type in CHARGES));
  const named = Object.fromEntries(
    Object.entries(charges).map(([type, cents]) => [CHARGES[type] ?? type, cents]),
  );
  const zeros = Object.fromEntries(adjusts ? [] : ALWAYS_LISTED.map((type) => [type, 0]));
  const withheld = sums(charged.filter(({ type }) => !(type in CHARGES)));
  const rebates = Object.values(sums(under('PromoRebates')));
  return {
    SellerSKU: item.sku,
    [adjusts ? 'OrderAdjustmentItemId' : 'OrderItemId']: item.orderItemId,
    QuantityShipped: item.units,
    [listed('ItemCharge')]: chargesOf({ ...zeros, ...named }, currency),
    [listed('ItemFee')]: feesOf(sums(under('AmazonFees')), currency),
    ItemTaxWithheldList:
      Object.keys(withheld).length > 0
        ? [
            {
              TaxCollectionModel: 'MarketplaceFacilitator',
              TaxesWithheld: chargesOf(withheld, currency),
            },
          ]
        : [],
    [listed('Promotion')]: rebates.map((cents) => ({
      PromotionType: 'PromotionMetaDataDefinitionValue',
      PromotionId: 'Coupon',
      PromotionAmount: amount(cents, currency),
    })),
  };
}

function adjustmentOf(transaction: Transaction): object {
  const { items, cents, marketplace } = transaction;
  const { currency } = marketplace;
  return {
    AdjustmentType: cents < 0 ? 'REVERSAL_REIMBURSEMENT' : 'FBAInventoryReimbursement',
    PostedDate: dateOf(transaction),
    AdjustmentAmount: amount(cents, currency),
    AdjustmentItemList: items.map((item) => ({
      Quantity: String(item.units),
      PerUnitAmount: amount(Math.round(item.cents / Math.max(1, item.units)), currency),
      TotalAmount: amount(item.cents, currency),
      SellerSKU: item.sku,
      FnSKU: item.fnsku,
      ProductDescription: item.description,
      ASIN: item.asin,
    })),
  };
}

function serviceFeeOf({ breakdowns, marketplace, description }: Transaction): object {
  return {
    FeeReason: description,
    FeeList: feesOf(sums(breakdowns), marketplace.currency),
  };
}

/** v0 dates have whole seconds. */
function dateOf({ postedMs }: Transaction): string {
  return `${new Date(postedMs).toISOString().slice(0, 19)}Z`;
}

function sums(parts: readonly Breakdown[]): Amounts {
  const byType: Record<string, number> = {};
  for (const { type, cents } of parts) byType[type] = (byType[type] ?? 0) + cents;
  return byType;
}

function chargesOf(amounts: Amounts, currency: string): object[] {
  return Object.entries(amounts).map(([ChargeType, cents]) => ({
    ChargeType,
    ChargeAmount: amount(cents, currency),
  }));
}

function feesOf(amounts: Amounts, currency: string): object[] {
  return Object.entries(amounts).map(([FeeType, cents]) => ({
    FeeType,
    FeeAmount: amount(cents, currency),
  }));
}

function amount(cents: number, CurrencyCode: string): object {
  // -0 would be written as 0, but compare as something else.
  return { CurrencyCode, CurrencyAmount: cents === 0 ? 0 : cents / 100 };
}
