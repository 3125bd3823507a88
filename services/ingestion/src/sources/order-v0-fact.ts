import type { OrderFact } from '@recoup/contracts';
import type { GivenFact } from '@recoup/facts';
import type { Money } from '@recoup/kernel';
import type { V0Money, V0Order, V0OrderItem } from '../amazon/orders-v0.js';
import { allowed } from './allow-list.js';
import { secondOf } from './instant.js';
import { V0_ORDER, V0_ORDER_ITEM } from './order-allow-lists.js';
import { moneyOf, proceedsOf, unitPriceOf } from './order-amounts.js';
import { numbered, type GivenLine } from './order-lines.js';
import { fulfilledBy, orderStatus, serviceLevel } from './order-words.js';

/** An order of v0 in the words of its successor. */
export function orderV0Fact(order: V0Order): GivenFact<'order'> {
  const data: OrderFact = {
    orderId: order.AmazonOrderId,
    marketplaceId: order.MarketplaceId ?? null,
    createdAt: secondOf(order.PurchaseDate, 'PurchaseDate'),
    updatedAt: secondOf(order.LastUpdateDate, 'LastUpdateDate'),
    status: orderStatus(order.OrderStatus),
    fulfilledBy: fulfilledBy(order.FulfillmentChannel),
    salesChannel: order.SalesChannel ?? null,
    serviceLevel: serviceLevel(order.ShipmentServiceLevelCategory),
    shipCountry: order.ShippingAddress?.CountryCode ?? null,
  };
  return { data, raw: allowed(order.raw, V0_ORDER) };
}

/** The lines of an order of v0. */
export function orderItemV0Facts(
  orderId: string,
  items: readonly V0OrderItem[],
): GivenFact<'orderItem'>[] {
  return numbered(items.map((item) => lineOf(orderId, item)));
}

function lineOf(orderId: string, item: V0OrderItem): GivenLine {
  const price = known(item.ItemPrice);
  const data: GivenLine['data'] = {
    orderId,
    sku: item.SellerSKU ?? '',
    asin: item.ASIN,
    orderItemId: item.OrderItemId,
    title: item.Title ?? null,
    quantity: item.QuantityOrdered,
    quantityShipped: item.QuantityShipped ?? null,
    // ItemPrice is "the selling price of the item multiplied by the quantity ordered" (Amazon's model).
    unitPrice: unitPriceOf(price, item.QuantityOrdered),
    proceeds: proceedsOf([
      { kind: 'ITEM', money: price },
      { kind: 'SHIPPING', money: known(item.ShippingPrice) },
      { kind: 'GIFT_WRAP', money: known(item.BuyerInfo?.GiftWrapPrice) },
      { kind: 'TAX', money: known(item.ItemTax) },
      { kind: 'TAX', money: known(item.ShippingTax) },
      { kind: 'TAX', money: known(item.BuyerInfo?.GiftWrapTax) },
      { kind: 'DISCOUNT', money: known(item.PromotionDiscount) },
      { kind: 'DISCOUNT', money: known(item.ShippingDiscount) },
    ]),
  };
  return { data, raw: allowed(item.raw, V0_ORDER_ITEM) };
}

function known(money: V0Money | null | undefined): Money | null {
  return money?.Amount && money.CurrencyCode ? moneyOf(money.Amount, money.CurrencyCode) : null;
}
