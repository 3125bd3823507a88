import { between, pick, randomFrom, seedAt, type Random } from '../random.js';
import { DAY_MS } from './calendar.js';
import type { Marketplace } from './marketplaces.js';
import type { Product } from './product.js';

export type OrderStatus = 'PENDING' | 'UNSHIPPED' | 'SHIPPED' | 'CANCELLED';
export type ReturnedDisposition = 'SELLABLE' | 'CUSTOMER_DAMAGED' | 'DEFECTIVE';

export interface OrderLine {
  readonly itemId: string;
  readonly product: Product;
  readonly units: number;
  /** Cents: for one unit; the discount and the tax for the whole line. */
  readonly unitCents: number;
  readonly discountCents: number;
  readonly taxCents: number;
  readonly center: string;
  /** Two parcels from one place on one day: the ledger then holds two rows that are equal in every column. */
  readonly twoParcels: boolean;
}

export interface OrderReturn {
  readonly ms: number;
  readonly units: number;
  readonly disposition: ReturnedDisposition;
}

/** An order as it stands at some instant. A return is of units of the first line. */
export interface Order {
  readonly n: number;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly status: OrderStatus;
  readonly fulfilledByAmazon: boolean;
  readonly business: boolean;
  readonly marketplace: Marketplace;
  readonly lines: readonly OrderLine[];
  readonly shippedMs: number | null;
  readonly returned: OrderReturn | null;
}

/** Shipping takes at most this many days: who looks for the shipments of a day need not look further back. */
export const SHIPPING_DAYS = 3;

/** What all orders of a seller are drawn from. */
export interface OrderSource {
  readonly seed: number;
  /** Orders from here on wait for their payment first; those before it are history, and paid when created. */
  readonly waitsFromMs: number;
  readonly waitsMs: number;
  /** The products of each marketplace, with its share of the orders. */
  readonly shelves: readonly Shelf[];
}

export interface Shelf {
  readonly marketplace: Marketplace;
  readonly share: number;
  readonly products: readonly Product[];
}

/** All that ever becomes of an order. */
export interface OrderStory {
  /** The order when nothing more will happen to it. */
  readonly final: Order;
  readonly paidMs: number;
  /** When it is shipped or cancelled. */
  readonly settledMs: number;
  readonly lastMs: number;
}

/** The n-th order, created at an instant: a function of the seed alone, so that any order can be made at any time. */
export function orderAt(source: OrderSource, n: number, createdMs: number): OrderStory {
  const random = randomFrom(seedAt(source.seed, n));
  const shelf = shelfOf(source, random);
  const cancelled = random() < 0.035;
  const fulfilledByAmazon = random() >= 0.04;
  const business = random() < 0.06;
  const lines = linesOf(n, shelf, random);
  const shippingMs = between(random, 6 * 3_600, SHIPPING_DAYS * 86_400 - 7_200) * 1_000;
  const returned = returnOf(lines, createdMs + shippingMs, random);
  const paidMs = createdMs < source.waitsFromMs ? createdMs : createdMs + source.waitsMs;
  // Whole seconds, as all times of Amazon's are.
  const takesMs = cancelled ? Math.floor(shippingMs / 8_000) * 1_000 : shippingMs;
  const settledMs = Math.max(paidMs, createdMs + takesMs);
  const final: Order = {
    n,
    createdMs,
    status: cancelled ? 'CANCELLED' : 'SHIPPED',
    updatedMs: settledMs,
    shippedMs: cancelled ? null : settledMs,
    fulfilledByAmazon,
    business,
    marketplace: shelf.marketplace,
    lines,
    returned: cancelled || !fulfilledByAmazon ? null : returned,
  };
  return { final, paidMs, settledMs, lastMs: final.returned?.ms ?? settledMs };
}

/** An order as it stood at an instant after its creation: what lies at or after the instant has not happened. */
export function orderAsOf({ final, paidMs, settledMs, lastMs }: OrderStory, ms: number): Order {
  if (lastMs < ms) return final;
  if (settledMs < ms) return { ...final, returned: null };
  const open = { ...final, shippedMs: null, returned: null };
  return paidMs < ms
    ? { ...open, status: 'UNSHIPPED', updatedMs: paidMs }
    : { ...open, status: 'PENDING', updatedMs: final.createdMs };
}

function shelfOf({ shelves }: OrderSource, random: Random): Shelf {
  let left = random();
  for (const shelf of shelves) {
    left -= shelf.share;
    if (left < 0) return shelf;
  }
  return pick(random, shelves);
}

function linesOf(n: number, shelf: Shelf, random: Random): OrderLine[] {
  const draw = random();
  const count = draw < 0.86 ? 1 : draw < 0.97 ? 2 : 3;
  // The square of a draw favours the first products, so that a few sell much and many sell little.
  const first = Math.floor(shelf.products.length * random() ** 2);
  return Array.from({ length: count }, (_, at) => {
    const product = shelf.products[(first + at * 7) % shelf.products.length];
    if (!product) throw new RangeError('an empty shelf');
    return lineOf(`${10_000_000_000_000 + (n * 4 + at) * 7_919}`, product, random);
  });
}

function lineOf(itemId: string, product: Product, random: Random): OrderLine {
  const draw = random();
  const units = draw < 0.88 ? 1 : draw < 0.97 ? 2 : between(random, 3, 5);
  const gross = units * product.priceCents;
  const discountCents = random() < 0.12 ? Math.round(gross * 0.1) : 0;
  return {
    itemId,
    product,
    units,
    unitCents: product.priceCents,
    discountCents,
    taxCents: Math.round((gross - discountCents) * 0.07),
    center: pick(random, product.centers),
    twoParcels: units === 2 && random() < 0.4,
  };
}

function returnOf(lines: readonly OrderLine[], shippedMs: number, random: Random) {
  if (random() >= 0.07) return null;
  const units = between(random, 1, lines[0]?.units ?? 1);
  const draw = random();
  const disposition: ReturnedDisposition =
    draw < 0.7 ? 'SELLABLE' : draw < 0.9 ? 'CUSTOMER_DAMAGED' : 'DEFECTIVE';
  return { ms: shippedMs + between(random, 6, 34) * DAY_MS, units, disposition };
}
