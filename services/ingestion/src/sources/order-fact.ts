import type { OrderFact } from '@recoup/contracts';
import type { AmazonOrder } from '../amazon/orders.js';
import { decimalOf } from './decimal.js';
import { instantOf } from './instant.js';

type AmazonItem = AmazonOrder['orderItems'][number];
type AmazonMoney = { readonly amount: string; readonly currencyCode: string };

/** An order as the facts keep it: by allow-list, so that nothing about a buyer can slip in with an unknown field. */
export function orderFact(order: AmazonOrder): OrderFact {
  const { salesChannel, fulfillment } = order;
  return {
    orderId: order.orderId,
    marketplaceId: salesChannel.marketplaceId ?? '',
    createdAt: instantOf(order.createdTime, 'createdTime'),
    updatedAt: instantOf(order.lastUpdatedTime, 'lastUpdatedTime'),
    status: fulfillment?.fulfillmentStatus ?? 'UNKNOWN',
    fulfilledBy: fulfillment?.fulfilledBy ?? null,
    salesChannel: salesChannel.marketplaceName ?? salesChannel.channelName ?? null,
    serviceLevel: fulfillment?.fulfillmentServiceLevel ?? null,
    // Amazon keeps it with the recipient, which is never asked for.
    shipCountry: null,
    items: order.orderItems.map(itemOf),
  };
}

function itemOf(item: AmazonItem): OrderFact['items'][number] {
  const price = item.product.price?.unitPrice;
  return {
    orderItemId: item.orderItemId,
    sku: item.product.sellerSku ?? '',
    asin: item.product.asin ?? '',
    title: item.product.title ?? null,
    quantity: item.quantityOrdered,
    unitPrice: price ? moneyOf(price) : null,
    proceeds: (item.proceeds?.breakdowns ?? []).map(({ type, subtotal }) => ({
      type,
      subtotal: moneyOf(subtotal),
    })),
  };
}

function moneyOf({ amount, currencyCode }: AmazonMoney): { amount: string; currency: string } {
  return { amount: decimalOf(amount, 'an amount of an order'), currency: currencyCode };
}
