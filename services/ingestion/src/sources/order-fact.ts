import type { OrderFact, OrderItemFact } from '@recoup/contracts';
import type { AmazonOrder, AmazonOrderWithBuyer } from '../amazon/orders.js';
import { decimalOf } from './decimal.js';
import { instantOf } from './instant.js';
import { ordinals } from './ordinals.js';

type AmazonMoney = { readonly amount: string; readonly currencyCode: string };

/** An order as the facts keep it: by allow-list, so that nothing about a buyer can slip in with an unknown field. */
export function orderFact(order: AmazonOrder | AmazonOrderWithBuyer): OrderFact {
  const { salesChannel, fulfillment } = order;
  return {
    orderId: order.orderId,
    marketplaceId: salesChannel.marketplaceId ?? null,
    createdAt: instantOf(order.createdTime, 'createdTime'),
    updatedAt: instantOf(order.lastUpdatedTime, 'lastUpdatedTime'),
    status: fulfillment?.fulfillmentStatus ?? 'UNKNOWN',
    fulfilledBy: fulfillment?.fulfilledBy ?? null,
    salesChannel: salesChannel.marketplaceName ?? salesChannel.channelName ?? null,
    serviceLevel: fulfillment?.fulfillmentServiceLevel ?? null,
    shipCountry: shipCountryOf(order),
  };
}

/** Amazon keeps it with the recipient. A country alone names nobody. */
function shipCountryOf(order: AmazonOrder | AmazonOrderWithBuyer): string | null {
  return 'recipient' in order ? (order.recipient?.deliveryAddress?.countryCode ?? null) : null;
}

/** The lines of an order. */
export function orderItemFacts({ orderId, orderItems }: AmazonOrder): OrderItemFact[] {
  const ordinalOf = ordinals();
  return orderItems.map((item) => {
    const price = item.product.price?.unitPrice;
    const sku = item.product.sellerSku ?? '';
    const asin = item.product.asin ?? '';
    return {
      orderId,
      sku,
      asin,
      ordinal: ordinalOf(sku, asin),
      orderItemId: item.orderItemId,
      title: item.product.title ?? null,
      quantity: item.quantityOrdered,
      quantityShipped: null,
      unitPrice: price ? moneyOf(price) : null,
      proceeds:
        item.proceeds?.breakdowns?.map(({ type, subtotal }) => ({
          type,
          subtotal: moneyOf(subtotal),
        })) ?? null,
    };
  });
}

function moneyOf({ amount, currencyCode }: AmazonMoney): { amount: string; currency: string } {
  return { amount: decimalOf(amount, 'an amount of an order'), currency: currencyCode };
}
