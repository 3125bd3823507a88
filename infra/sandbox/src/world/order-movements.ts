import { movement, type LedgerRow } from './ledger-row.js';
import type { Order } from './order.js';

/** What shipping an order takes out of stock. A merchant's own shipments never touch Amazon's ledger. */
export function shipmentRows(order: Order, day: number): LedgerRow[] {
  const { shippedMs } = order;
  if (!order.fulfilledByAmazon || shippedMs === null) return [];
  return order.lines.flatMap((line, at) => {
    const parcels = line.twoParcels ? [1, 1] : [line.units];
    return parcels.map((units) =>
      movement({
        day,
        ms: shippedMs,
        order: order.n,
        product: line.product,
        eventType: 'CustomerShipments',
        referenceId: `${50_000_000_000_000 + order.n * 4 + at}`,
        quantity: -units,
        center: line.center,
        disposition: 'SELLABLE',
      }),
    );
  });
}

/** What a customer's return puts back. */
export function returnRows(order: Order, day: number): LedgerRow[] {
  const line = order.lines[0];
  if (!order.returned || !line) return [];
  return [
    movement({
      day,
      ms: order.returned.ms,
      order: order.n,
      product: line.product,
      eventType: 'CustomerReturns',
      referenceId: `${70_000_000_000_000 + order.n}`,
      quantity: order.returned.units,
      center: line.center,
      disposition: order.returned.disposition,
    }),
  ];
}
