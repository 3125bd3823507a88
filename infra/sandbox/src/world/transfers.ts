import { between, randomFrom, type Random } from '../random.js';
import type { LookAlike } from '../causes/plant.js';
import { DAYS, type Calendar } from './calendar.js';
import { movement, type LedgerRow } from './ledger-row.js';
import type { Product } from './product.js';
import type { Serials } from './serials.js';

/** Units on the way between two of Amazon's places. */
export interface Trip {
  readonly product: Product;
  /** The day they leave. */
  readonly day: number;
  /** Days on the road; 0 for most. */
  readonly days: number;
  readonly units: number;
  readonly referenceId: string;
}

export interface Transfers {
  readonly rows: LedgerRow[];
  readonly lookAlikes: LookAlike[];
  readonly trips: readonly Trip[];
}

export interface TransferTools {
  readonly random: Random;
  /** What the trips after the anchor are drawn from. */
  readonly seed: number;
  readonly serials: Serials;
  readonly calendar: Calendar;
}

const EVERY = 45;

/** Amazon moves stock between its places: most of it within a day, some of it on the road for up to two weeks. */
export function transfers(products: readonly Product[], tools: TransferTools): Transfers {
  const { random, seed, serials, calendar } = tools;
  const past = products.flatMap((product) =>
    tripsOf(product, { random, serials, from: between(random, 5, EVERY), to: DAYS }),
  );
  const later = randomFrom(seed);
  // Drawn apart: however many days lie ahead, the history before them is the same.
  const ahead = products.flatMap((product) => {
    const last = past.findLast((trip) => trip.product === product)?.day ?? DAYS - EVERY;
    return tripsOf(product, { random: later, serials, from: last + EVERY, to: calendar.days });
  });
  const trips = [...past, ...ahead];
  return {
    trips,
    rows: trips.flatMap((trip) => legs(trip, calendar.days)),
    lookAlikes: trips
      .filter(({ days, product }) => days > 0 && product.index % 20 === 0)
      .map(({ product, day, referenceId }) => ({
        fnsku: product.fnsku,
        cause: 'slow_transfer',
        referenceIds: [referenceId],
        why: 'moved between two centres, the second leg some days after the first',
        since: calendar.name(day),
      })),
  };
}

interface Route {
  readonly random: Random;
  readonly serials: Serials;
  readonly from: number;
  readonly to: number;
}

function tripsOf(product: Product, { random, serials, from, to }: Route): Trip[] {
  const trips: Trip[] = [];
  for (let day = from; day < to; day += EVERY) {
    const days = random() < 0.6 ? 0 : between(random, 2, 14);
    const units = between(random, 1, 8);
    trips.push({ product, day, days, units, referenceId: serials.reference() });
  }
  return trips;
}

function legs({ product, day, days, units, referenceId }: Trip, end: number): LedgerRow[] {
  const leg = (at: number, center: string | undefined, quantity: number) =>
    movement({
      day: at,
      product,
      eventType: 'WhseTransfers',
      referenceId,
      quantity,
      center: center ?? '',
      disposition: 'SELLABLE',
    });
  const out = leg(day, product.centers[0], -units);
  return day + days < end ? [out, leg(day + days, product.centers[1], units)] : [out];
}
