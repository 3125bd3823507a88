import type { AmazonOrder, AmazonOrderWithBuyer } from '../amazon/orders.js';
import type { OrderBuyer } from '../buyers/buyer-info.js';
import { keptUntil } from '../buyers/kept-until.js';

/** Whose order it is, as far as Amazon told; null where it told nothing, or nothing was asked. */
export function orderBuyer(order: AmazonOrder | AmazonOrderWithBuyer): OrderBuyer | null {
  if (!('buyer' in order)) return null;
  const buyer = order.buyer ?? null;
  const deliveryAddress = order.recipient?.deliveryAddress ?? null;
  if (!buyer && !deliveryAddress) return null;
  return {
    orderId: order.orderId,
    info: { buyer, deliveryAddress },
    keptUntil: keptUntil(new Date(order.createdTime), promisesOf(order)),
  };
}

function promisesOf({ fulfillment, orderItems }: AmazonOrder) {
  const ofItems = orderItems.map((item) => item.fulfillment?.shipping?.scheduledDeliveryWindow);
  return [fulfillment?.deliverByWindow, ...ofItems].filter((window) => window != null);
}
