import type { ShipmentEvent, ShipmentItem } from '../../amazon/financial-event-schemas.js';
import type { DraftItem } from '../transaction-items.js';
import { amountOf, ofCharges, ofFees, ofPromotions, ofTaxesWithheld } from './components.js';
import type { EventDraft } from './event-draft.js';

/** A shipment, and what has its shape: refunds, guarantee claims and chargebacks adjust it. */
export function shipmentEvent(type: string, event: ShipmentEvent): EventDraft {
  const items = [...(event.ShipmentItemList ?? []), ...(event.ShipmentItemAdjustmentList ?? [])];
  return {
    type,
    posted: event.PostedDate,
    orderId: event.AmazonOrderId,
    reason: null,
    items: items.map(itemOf),
    whole: [
      ...ofCharges(event.OrderChargeList, event.OrderChargeAdjustmentList),
      ...ofFees(event.ShipmentFeeList, event.ShipmentFeeAdjustmentList),
      ...ofFees(event.OrderFeeList, event.OrderFeeAdjustmentList),
      ...(event.DirectPaymentList ?? []).flatMap((payment) =>
        amountOf(payment.DirectPaymentType, payment.DirectPaymentAmount),
      ),
    ],
  };
}

function itemOf(item: ShipmentItem): DraftItem {
  return {
    sku: item.SellerSKU ?? null,
    quantity: item.QuantityShipped ?? null,
    asin: null,
    fnsku: null,
    orderItemId: item.OrderItemId ?? item.OrderAdjustmentItemId ?? null,
    amounts: [
      ...ofCharges(item.ItemChargeList, item.ItemChargeAdjustmentList),
      ...ofFees(item.ItemFeeList, item.ItemFeeAdjustmentList),
      ...ofPromotions(item.PromotionList, item.PromotionAdjustmentList),
      ...ofTaxesWithheld(item.ItemTaxWithheldList),
      ...amountOf('CostOfPointsGranted', item.CostOfPointsGranted),
      ...amountOf('CostOfPointsReturned', item.CostOfPointsReturned),
    ],
  };
}
