import { decimal } from '../world/amount.js';
import type { RemovalOrder } from '../world/removal-order.js';
import type { World } from '../world/world.js';
import { isoOffset, type ReportScope, type ReportType } from './report-type.js';

/** Amazon does not document which of its dates a window is about; here it is that of the request. */
export const removalOrders: ReportType = {
  charset: 'UTF-8',
  quoted: false,
  header: [
    ...['request-date', 'order-id', 'order-type', 'service-speed', 'order-status'],
    ...['last-updated-date', 'sku', 'fnsku', 'disposition', 'requested-quantity'],
    ...['cancelled-quantity', 'disposed-quantity', 'shipped-quantity', 'in-process-quantity'],
    ...['removal-fee', 'currency'],
  ],
  *rows(world, scope) {
    for (const order of world.removalOrders) {
      if (isIn(order, order.requestedMs, { world, scope })) yield orderFields(order, world);
    }
  },
};

function orderFields(order: RemovalOrder, { calendar }: World): string[] {
  const { product, units, cancelled, type } = order;
  const isDone = order.doneMs < calendar.endMs;
  const left = isDone ? units : 0;
  return [
    isoOffset(order.requestedMs),
    ...[order.id, type, 'Standard', isDone ? 'Completed' : 'Pending'],
    isoOffset(isDone ? order.doneMs : order.requestedMs),
    ...[product.sku, product.fnsku, disposition(order)],
    ...[units + cancelled, isDone ? cancelled : 0].map(String),
    ...[type === 'Disposal' ? left : 0, type === 'Return' ? Math.max(0, left - order.lost) : 0].map(
      String,
    ),
    String(isDone ? 0 : units + cancelled),
    ...(isDone ? [decimal(order.feeCents), product.marketplace.currency] : ['', '']),
  ];
}

/** What left in parcels. */
export const removalShipments: ReportType = {
  charset: 'UTF-8',
  quoted: false,
  header: [
    ...['request-date', 'order-id', 'shipment-date', 'sku', 'fnsku', 'disposition'],
    ...['shipped-quantity', 'carrier', 'tracking-number', 'removal-order-type'],
  ],
  *rows(world, scope) {
    for (const order of world.removalOrders) {
      const { id, product, type, doneMs } = order;
      if (doneMs >= world.calendar.endMs || !isIn(order, doneMs, { world, scope })) continue;
      for (const { units, carrier, tracking } of order.parcels) {
        yield [
          ...[isoOffset(order.requestedMs), id, isoOffset(doneMs), product.sku, product.fnsku],
          ...[disposition(order), String(units), carrier, tracking, type],
        ];
      }
    }
  },
};

/** These reports know sellable and unsellable only. */
function disposition(order: RemovalOrder): string {
  return order.disposition === 'SELLABLE' ? 'Sellable' : 'Unsellable';
}

function isIn(
  { product }: RemovalOrder,
  ms: number,
  { world, scope }: { readonly world: World; readonly scope: ReportScope },
): boolean {
  const day = world.calendar.dayOf(ms);
  const here = scope.marketplaceIds.includes(product.marketplace.id);
  return here && day >= scope.from && day <= scope.to;
}
