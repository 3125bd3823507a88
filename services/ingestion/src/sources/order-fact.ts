import type { OrderFact } from '@recoup/contracts';
import type { GivenFact } from '@recoup/facts';
import type { AmazonOrder, AmazonOrderItem, AmazonOrderWithBuyer } from '../amazon/orders.js';
import { allowed } from './allow-list.js';
import { secondOf } from './instant.js';
import { ORDER, ORDER_ITEM } from './order-allow-lists.js';
import { moneyOf, proceedsOf, type Charge } from './order-amounts.js';
import { numbered, type GivenLine } from './order-lines.js';
import { fulfilledBy, orderStatus, serviceLevel } from './order-words.js';

/** An order of `searchOrders` as the facts keep it: by allow-list, so that nothing about a buyer can slip in. */
export function orderFact(order: AmazonOrder | AmazonOrderWithBuyer): GivenFact<'order'> {
  const { salesChannel, fulfillment } = order;
  const data: OrderFact = {
    orderId: order.orderId,
    marketplaceId: salesChannel.marketplaceId ?? null,
    createdAt: secondOf(order.createdTime, 'createdTime'),
    updatedAt: secondOf(order.lastUpdatedTime, 'lastUpdatedTime'),
    status: orderStatus(fulfillment?.fulfillmentStatus ?? 'UNKNOWN'),
    fulfilledBy: fulfilledBy(fulfillment?.fulfilledBy),
    salesChannel: salesChannel.marketplaceName ?? salesChannel.channelName ?? null,
    serviceLevel: serviceLevel(fulfillment?.fulfillmentServiceLevel),
    shipCountry: shipCountryOf(order),
  };
  return { data, raw: allowed(order.raw, ORDER) };
}

/** Amazon keeps it with the recipient. A country alone names nobody. */
function shipCountryOf(order: AmazonOrder | AmazonOrderWithBuyer): string | null {
  return 'recipient' in order ? (order.recipient?.deliveryAddress?.countryCode ?? null) : null;
}

/** The lines of an order of `searchOrders`. */
export function orderItemFacts({ orderId, orderItems }: AmazonOrder): GivenFact<'orderItem'>[] {
  return numbered(orderItems.map((item) => lineOf(orderId, item)));
}

function lineOf(orderId: string, item: AmazonOrderItem): GivenLine {
  const { product } = item;
  const price = product.price?.unitPrice;
  const data: GivenLine['data'] = {
    orderId,
    sku: product.sellerSku ?? '',
    asin: product.asin ?? '',
    orderItemId: item.orderItemId,
    title: product.title ?? null,
    quantity: item.quantityOrdered,
    quantityShipped: item.fulfillment?.quantityFulfilled ?? null,
    unitPrice: price ? moneyOf(price.amount, price.currencyCode) : null,
    proceeds: proceedsOf(chargesOf(item)),
  };
  return { data, raw: allowed(item.raw, ORDER_ITEM) };
}

type Breakdown = NonNullable<NonNullable<AmazonOrderItem['proceeds']>['breakdowns']>[number];

function chargesOf({ proceeds }: AmazonOrderItem): Charge[] {
  return (proceeds?.breakdowns ?? []).flatMap((breakdown): Charge[] => {
    const { type, subtotal } = breakdown;
    const money = moneyOf(subtotal.amount, subtotal.currencyCode);
    switch (type) {
      case 'ITEM':
      case 'SHIPPING':
      case 'GIFT_WRAP':
      case 'DISCOUNT':
        return [{ kind: type, money }];
      case 'TAX':
        return [{ kind: 'TAX', money }, ...taxOnDiscount(breakdown)];
      default:
        return [];
    }
  });
}

/** Added back: a report tells the taxes on price, shipping and wrap, and not what a discount takes off them. */
function taxOnDiscount({ detailedBreakdowns }: Breakdown): Charge[] {
  return (detailedBreakdowns ?? []).flatMap(({ subtype, value }): Charge[] => {
    if (subtype !== 'DISCOUNT' || !value) return [];
    return [{ kind: 'TAX', money: moneyOf(withoutSign(value.amount), value.currencyCode) }];
  });
}

function withoutSign(amount: string): string {
  return amount.replace(/^-/, '');
}
