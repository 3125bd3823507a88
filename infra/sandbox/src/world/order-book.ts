import { seedAt, seedOf } from '../random.js';
import { DAY_MS, type Calendar } from './calendar.js';
import { Recent } from './recent.js';
import {
  orderAsOf,
  orderAt,
  SHIPPING_DAYS,
  type Order,
  type OrderSource,
  type OrderStory,
} from './order.js';
import { dayOfOrder, spreadOverDays, startOf } from './order-days.js';
import { orderIdAt, orderIndexOf } from './order-id.js';
import type { Product } from './product.js';
import type { Seller } from './sellers.js';

/**
 * The orders of a seller as they stand when a calendar ends, made when asked for. Lists of a day are in the order of
 * their time, then of their number.
 */
export interface OrderBook {
  /** How many have been created. */
  readonly count: number;
  createdOn(day: number): readonly Order[];
  updatedOn(day: number): readonly Order[];
  shippedOn(day: number): readonly Order[];
  at(n: number): Order;
  idOf(order: Order): string;
  find(orderId: string): Order | undefined;
}

export interface OrderBookOptions {
  readonly seller: Seller;
  readonly seed: number;
  /** How many are created before the anchor; those after it come at the same rate. */
  readonly orders: number;
  readonly products: readonly Product[];
  readonly calendar: Calendar;
}

/** Where all orders are: gives them as they stand when a calendar ends. */
export type OrderShelf = (calendar: Calendar) => OrderBook;

/** New orders wait a quarter of a day for their payment. */
const WAITS_MS = DAY_MS / 4;
const CACHED_ORDERS = 60_000;

/** All orders up to the end of the calendar. What is remembered of them is the same for every later view. */
export function orderShelf(options: OrderBookOptions): OrderShelf {
  const { calendar: whole, orders, seed } = options;
  const days = spreadOverDays(orders, whole.days);
  const source = sourceOf(options);
  const cache = new Recent<number, readonly OrderStory[]>(CACHED_ORDERS, (list) => list.length);
  const instantOf = (day: number, n: number) => {
    const start = startOf(days, day);
    const count = startOf(days, day + 1) - start;
    // Stratified: the i-th of a day lies in the i-th part of it, so a day is in order without sorting.
    const place = n - start + seedAt(source.seed, n) / 2 ** 32;
    return whole.startMs + day * DAY_MS + Math.floor((place / count) * 86_400) * 1_000;
  };
  const storyAt = (n: number) => orderAt(source, n, instantOf(dayOfOrder(days, n), n));
  const make = (day: number) => {
    const start = startOf(days, day);
    const length = startOf(days, day + 1) - start;
    return Array.from({ length }, (_, i) => orderAt(source, start + i, instantOf(day, start + i)));
  };
  return (calendar) => {
    const { endMs } = calendar;
    const createdOn = (day: number) => {
      if (day < 0 || day >= calendar.days) return [];
      const stories = cache.get(day, () => make(day));
      const begun =
        day === calendar.days - 1
          ? stories.filter(({ final }) => final.createdMs < endMs)
          : stories;
      return begun.map((story) => orderAsOf(story, endMs));
    };
    const at = (n: number) => orderAsOf(storyAt(n), endMs);
    const changedOn = (day: number, instant: (order: Order) => number | null) =>
      lookBack(day, createdOn)
        .map((order) => ({ order, ms: instant(order) }))
        .filter(({ ms }) => ms !== null && calendar.dayOf(ms) === day)
        .sort((a, b) => (a.ms ?? 0) - (b.ms ?? 0) || a.order.n - b.order.n)
        .map(({ order }) => order);
    const last = calendar.days - 1;
    const count = startOf(days, last) + createdOn(last).length;
    return {
      count,
      createdOn,
      updatedOn: (day) => changedOn(day, (order) => order.updatedMs),
      shippedOn: (day) => changedOn(day, (order) => order.shippedMs),
      at,
      idOf: (order) => orderIdAt(seed, order.n),
      find: (orderId) => {
        const n = orderIndexOf(seed, orderId, count);
        return n === undefined ? undefined : at(n);
      },
    };
  };
}

function lookBack(day: number, createdOn: (day: number) => readonly Order[]): Order[] {
  return Array.from({ length: SHIPPING_DAYS + 1 }, (_, back) => createdOn(day - back)).flat();
}

function sourceOf({ seller, seed, products, calendar }: OrderBookOptions): OrderSource {
  const [first, ...others] = seller.marketplaces;
  if (!first) throw new RangeError(`${seller.id} sells nowhere`);
  const shelf = (marketplace: typeof first, share: number) => ({
    marketplace,
    share,
    products: products.filter((product) => product.marketplace.id === marketplace.id),
  });
  const rest = others.map((marketplace) => shelf(marketplace, 0.25));
  return {
    seed: seedOf(seed, 'orders'),
    waitsFromMs: calendar.anchorMs - WAITS_MS,
    waitsMs: WAITS_MS,
    shelves: [shelf(first, 1 - rest.length * 0.25), ...rest],
  };
}
