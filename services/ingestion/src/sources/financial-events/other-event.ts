import type { TransactionAmount } from '@recoup/contracts';
import type { OtherEvent } from '../../amazon/financial-event-schemas.js';
import { amountOf, ofCharges, ofFees, ofTaxesWithheld } from './components.js';
import type { EventDraft } from './event-draft.js';

type Read = (event: OtherEvent) => TransactionAmount[];

const fees: Read = (event) => ofFees(event.FeeList);
const components: Read = (event) => [
  ...ofFees(event.FeeComponent && [event.FeeComponent]),
  ...ofCharges(event.ChargeComponent && [event.ChargeComponent]),
];
const service: Read = (event) => amountOf(event.TransactionType, event.TransactionAmount);

/**
 * Where the amounts of an event are. Lists that are not here (loans, debts, disbursements, advertising, rentals, taxes
 * withheld …, and those that Amazon adds) say nothing that a claim needs, or not with which sign: their events become facts
 * without amounts or total, and keep Amazon's own words.
 */
const AMOUNTS: Readonly<Record<string, Read>> = {
  ServiceFee: fees,
  ImagingServicesFee: fees,
  TrialShipment: fees,
  CouponPayment: components,
  SellerReviewEnrollmentPayment: components,
  ValueAddedServiceCharge: service,
  CapacityReservationBilling: service,
  SellerDealPayment: (event) => [
    ...amountOf(event.feeType, event.feeAmount),
    ...amountOf('Tax', event.taxAmount),
  ],
  SafetReimbursement: (event) => amountOf('SafetReimbursement', event.ReimbursedAmount),
  Retrocharge: (event) => [
    ...amountOf('BaseTax', event.BaseTax),
    ...amountOf('ShippingTax', event.ShippingTax),
    ...ofTaxesWithheld(event.RetrochargeTaxWithheldList),
  ],
  RemovalShipment: ({ RemovalShipmentItemList: items }) =>
    (items ?? []).flatMap((item) => [
      ...amountOf('RecommerceLiquidation', item.Revenue),
      ...amountOf('AmazonFees', item.FeeAmount),
      ...amountOf('TaxOnRevenue', item.TaxAmount),
      ...amountOf('MarketplaceFacilitatorTax-Principal', item.TaxWithheld),
    ]),
  RemovalShipmentAdjustment: ({ RemovalShipmentItemAdjustmentList: items }) =>
    (items ?? []).flatMap((item) => [
      ...amountOf('RecommerceLiquidation', item.RevenueAdjustment),
      ...amountOf('TaxOnRevenue', item.TaxAmountAdjustment),
      ...amountOf('MarketplaceFacilitatorTax-Principal', item.TaxWithheldAdjustment),
    ]),
};

/** An event that is neither a shipment nor an adjustment. */
export function otherEvent(type: string, event: OtherEvent): EventDraft {
  return {
    type,
    posted: postedOf(event),
    orderId: event.AmazonOrderId ?? event.OrderId ?? event.OriginalRemovalOrderId,
    reason: event.FeeReason ?? event.FeeDescription ?? event.ReasonCode,
    items: [itemOf(event)],
    whole: AMOUNTS[type]?.(event) ?? [],
  };
}

function postedOf(event: OtherEvent): string | null | undefined {
  return (
    event.PostedDate ??
    event.postedDate ??
    event.TransactionPostedDate ??
    event.TransactionCreationDate
  );
}

function itemOf(event: OtherEvent): EventDraft['items'][number] {
  const sku = event.SellerSKU ?? event.SKU ?? null;
  return { sku, quantity: null, asin: null, fnsku: null, orderItemId: null, amounts: [] };
}
