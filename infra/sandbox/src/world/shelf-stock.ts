import { seedOf } from '../random.js';
import { DAYS } from './calendar.js';
import { movement, type LedgerRow } from './ledger-row.js';
import type { Delivery } from './inbound.js';
import type { Product } from './product.js';
import type { Serials } from './serials.js';

/** Spare units that every shelf keeps, so that a same-day loss never meets an empty one. */
const SPARE = 6;
/** Days between two deliveries to a shelf. */
const ROUND = 28;

interface ShelfChanges {
  readonly product: Product;
  readonly center: string;
  readonly days: Int32Array;
  /** Units that customers bring back on a day after the anchor, when each hour of it is lived through. */
  readonly back: Int32Array;
}

/** Sellable stock of every product in every place, day by day: filled by movements, then supplied by receipts. */
export class ShelfStock {
  readonly #changes = new Map<string, ShelfChanges>();
  readonly #days: number;

  constructor(days: number) {
    this.#days = days;
  }

  /** Notes a movement of sellable stock; others are not on a shelf. */
  add({ product, center, day, disposition, quantity, eventType }: LedgerRow): void {
    if (disposition !== 'SELLABLE') return;
    const key = `${product.index}:${center}`;
    let shelf = this.#changes.get(key);
    if (!shelf) {
      const back = new Int32Array(this.#days - DAYS);
      shelf = { product, center, days: new Int32Array(this.#days), back };
      this.#changes.set(key, shelf);
    }
    shelf.days[day] = (shelf.days[day] ?? 0) + quantity;
    if (eventType === 'CustomerReturns' && day >= DAYS) {
      shelf.back[day - DAYS] = (shelf.back[day - DAYS] ?? 0) + quantity;
    }
  }

  /**
   * Deliveries that keep every shelf above its spare stock until the next one. What arrives at one place on one day is one
   * shipment. Of some, units too many are booked in and taken back, or the last units found days later.
   */
  receipts(serials: Serials): { rows: LedgerRow[]; deliveries: Delivery[] } {
    const shelves = [...this.#changes.values()].sort(
      (a, b) => a.product.index - b.product.index || a.center.localeCompare(b.center),
    );
    const rows: LedgerRow[] = [];
    const deliveries: Delivery[] = [];
    const shipments = new Map<string, string>();
    const shipmentTo = (center: string, day: number): string => {
      const key = `${center} ${day}`;
      const id = shipments.get(key) ?? serials.shipment();
      shipments.set(key, id);
      return id;
    };
    for (const { product, center, ...changes } of shelves) {
      let stock = 0;
      for (const day of deliveryDays(product.index, this.#days)) {
        const { lowest, end } = ahead(changes, {
          from: day,
          to: nextDelivery(day, product.index),
          stock,
        });
        const quantity = Math.max(0, SPARE - lowest);
        stock = end + quantity;
        if (quantity === 0) continue;
        const needed = { shipmentId: shipmentTo(center, day), product, center, day, quantity };
        const made = received(needed);
        deliveries.push(made.delivery);
        rows.push(...made.rows.filter((row) => row.day < this.#days));
      }
    }
    return { rows, deliveries };
  }
}

interface Needed extends Pick<Delivery, 'shipmentId' | 'product' | 'center' | 'day'> {
  readonly quantity: number;
}

/** Units that are booked in too many, or late. */
const MISCOUNT = 2;

/** How a delivery is received. Whatever is miscounted, the units needed are on the shelf from its day on. */
function received({ quantity, ...place }: Needed): { delivery: Delivery; rows: LedgerRow[] } {
  const { shipmentId: referenceId, product, center, day } = place;
  const draw = seedOf('received', product.index, center, day) % 100;
  const receipt = (on: number, units: number) =>
    movement({
      ...{ day: on, product, center, referenceId, quantity: units },
      eventType: 'Receipts',
      disposition: 'SELLABLE',
    });
  if (draw < 4) {
    const rows = [receipt(day, quantity + MISCOUNT), receipt(day + 4, -MISCOUNT)];
    return { rows, delivery: { ...place, shipped: quantity, settledOn: day + 4 } };
  }
  if (draw < 10) {
    const rows = [receipt(day, quantity), receipt(day + 9, MISCOUNT)];
    return { rows, delivery: { ...place, shipped: quantity + MISCOUNT, settledOn: day + 9 } };
  }
  return {
    rows: [receipt(day, quantity)],
    delivery: { ...place, shipped: quantity, settledOn: day },
  };
}

function deliveryDays(index: number, end: number): number[] {
  const days = [0];
  for (let day = nextDelivery(0, index); day < end; day = nextDelivery(day, index)) days.push(day);
  return days;
}

/** Rounds are staggered by product, so that deliveries do not all fall on one day. */
function nextDelivery(day: number, index: number): number {
  return day === 0 ? 1 + (index % ROUND) : day + ROUND;
}

/** The lowest stock on the way to a day. What comes back on a day may come after everything that leaves on it. */
function ahead(
  { days, back }: Pick<ShelfChanges, 'days' | 'back'>,
  { from, to, stock }: { from: number; to: number; stock: number },
): { lowest: number; end: number } {
  let end = stock;
  let lowest = stock;
  for (let day = from; day < Math.min(to, days.length); day += 1) {
    end += days[day] ?? 0;
    lowest = Math.min(lowest, end - (back[day - DAYS] ?? 0));
  }
  return { lowest, end };
}
