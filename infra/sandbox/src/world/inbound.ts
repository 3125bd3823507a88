import { groupBy } from '@recoup/kernel';
import { seedOf } from '../random.js';
import { DAY_MS, type Calendar } from './calendar.js';
import type { LedgerRow } from './ledger-row.js';
import type { Marketplace } from './marketplaces.js';
import type { Product } from './product.js';
import type { Seller } from './sellers.js';

/** Units of one product that the seller sent to one place. What of them was received is in the ledger. */
export interface Delivery {
  readonly shipmentId: string;
  readonly product: Product;
  readonly center: string;
  /** The day on which they were received. */
  readonly day: number;
  readonly shipped: number;
  /** The day from which nothing more is received or corrected; it may lie behind the end of the world. */
  readonly settledOn: number;
}

/** A shipment that was given up before anything of it left. It is told from then on. */
export interface CancelledShipment {
  readonly id: string;
  readonly product: Product;
  readonly center: string;
  readonly units: number;
  readonly cancelledMs: number;
}

export interface InboundItem {
  readonly product: Product;
  readonly shipped: number;
  readonly received: number;
  readonly updatedMs: number;
}

/** A shipment to Amazon as it stands. */
export interface InboundShipment {
  readonly id: string;
  readonly name: string;
  readonly marketplace: Marketplace;
  readonly center: string;
  readonly status: 'SHIPPED' | 'RECEIVING' | 'CLOSED' | 'CANCELLED';
  readonly updatedMs: number;
  readonly items: readonly InboundItem[];
}

/** What shipments are told from. */
export interface InboundBooks {
  readonly seller: Seller;
  readonly deliveries: readonly Delivery[];
  readonly cancelled: readonly CancelledShipment[];
  /** All movements that are receipts. */
  readonly receipts: readonly LedgerRow[];
  /** Units on their way to Amazon at the anchor and ever since, by product. */
  readonly onTheWay: ReadonlyMap<Product, number>;
}

/**
 * All shipments of a seller as of the calendar's end. One appears when its first unit is received: what is on its way
 * before that is one shipment for each marketplace, which does not arrive, and a further one was cancelled.
 */
export function inboundOf(books: InboundBooks, calendar: Calendar): InboundShipment[] {
  const received = receivedUntil(books.receipts, calendar);
  const arrived = [...groupBy(books.deliveries, ({ shipmentId }) => shipmentId).values()]
    .filter(([first]) => first !== undefined && first.day < calendar.days)
    .map((deliveries) => arrivedShipment(deliveries, { received, calendar }));
  const others = books.seller.marketplaces.flatMap((marketplace, at) => {
    const items = [...books.onTheWay].filter(([one]) => one.marketplace.id === marketplace.id);
    const [first] = items;
    if (!first) return [];
    const place = { marketplace, center: first[0].centers[0] ?? '' };
    const sent = (ms: number, list: typeof items): InboundItem[] =>
      list.map(([product, shipped]) => ({ product, shipped, received: 0, updatedMs: ms }));
    const sentMs = calendar.anchorMs - 4 * DAY_MS;
    const cancelledMs = calendar.anchorMs - 60 * DAY_MS;
    return [
      shipment(place, { id: `FBA15WAY000${at}`, status: 'SHIPPED', items: sent(sentMs, items) }),
      shipment(place, {
        id: `FBA15OFF000${at}`,
        status: 'CANCELLED',
        items: sent(cancelledMs, [first]),
      }),
    ];
  });
  const cancelled = books.cancelled
    .filter(({ cancelledMs }) => cancelledMs < calendar.endMs)
    .map(({ id, product, center, units, cancelledMs: updatedMs }) => {
      const items = [{ product, shipped: units, received: 0, updatedMs }];
      return shipment(
        { marketplace: product.marketplace, center },
        { id, status: 'CANCELLED', items },
      );
    });
  return [...arrived, ...others, ...cancelled].sort(
    (a, b) => a.updatedMs - b.updatedMs || (a.id < b.id ? -1 : 1),
  );
}

/** Units that are still to be received of shipments that have begun to be, by product index. */
export function receivingIn(shipments: readonly InboundShipment[]): Map<number, number> {
  const units = new Map<number, number>();
  for (const { status, items } of shipments) {
    if (status !== 'RECEIVING') continue;
    for (const { product, shipped, received } of items) {
      const missing = Math.max(0, shipped - received);
      units.set(product.index, (units.get(product.index) ?? 0) + missing);
    }
  }
  return units;
}

interface Received {
  readonly units: number;
  readonly lastDay: number;
}

function keyOf(shipmentId: string, product: Product): string {
  return `${shipmentId} ${product.index}`;
}

function receivedUntil(
  receipts: readonly LedgerRow[],
  { days }: Calendar,
): ReadonlyMap<string, Received> {
  const received = new Map<string, Received>();
  for (const { referenceId, product, quantity, day } of receipts) {
    if (day >= days) continue;
    const key = keyOf(referenceId, product);
    const { units = 0, lastDay = 0 } = received.get(key) ?? {};
    received.set(key, { units: units + quantity, lastDay: Math.max(lastDay, day) });
  }
  return received;
}

/** Some days after the last unit was counted Amazon closes a shipment. */
export function closingDay(shipmentId: string, settledOn: number): number {
  return settledOn + 2 + (seedOf('closed', shipmentId) % 7);
}

function arrivedShipment(
  deliveries: readonly Delivery[],
  { received, calendar }: { received: ReadonlyMap<string, Received>; calendar: Calendar },
): InboundShipment {
  const [first] = deliveries;
  if (!first) throw new RangeError('a shipment of nothing');
  const { shipmentId: id, product, center } = first;
  const closedOn = closingDay(id, Math.max(...deliveries.map(({ settledOn }) => settledOn)));
  const isClosed = closedOn < calendar.days;
  const startOf = (day: number) => calendar.startMs + day * DAY_MS;
  const items = deliveries.map(({ product: one, shipped, day }) => {
    const { units, lastDay } = received.get(keyOf(id, one)) ?? { units: 0, lastDay: day };
    return { product: one, shipped, received: units, updatedMs: startOf(lastDay) };
  });
  const status = isClosed ? ('CLOSED' as const) : ('RECEIVING' as const);
  const made = shipment({ marketplace: product.marketplace, center }, { id, status, items });
  return isClosed ? { ...made, updatedMs: startOf(closedOn) } : made;
}

function shipment(
  place: Pick<InboundShipment, 'marketplace' | 'center'>,
  { id, status, items }: Pick<InboundShipment, 'id' | 'status' | 'items'>,
): InboundShipment {
  const updatedMs = Math.max(...items.map((item) => item.updatedMs));
  return { ...place, id, status, items, updatedMs, name: `FBA STA to ${place.center} ${id}` };
}
