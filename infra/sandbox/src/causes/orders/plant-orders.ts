import { addDays, dayIn } from '@recoup/kernel';
import { between, pick, randomFrom, type Random } from '../../random.js';
import { decimal } from '../../world/amount.js';
import { DAY_MS, DAYS, type Calendar } from '../../world/calendar.js';
import type { OrderBook } from '../../world/order-book.js';
import type { Order } from '../../world/order.js';
import type { Product } from '../../world/product.js';
import { disputedMs } from '../../world/refund-transactions.js';
import type { WorldSize } from '../../world/size.js';
import { allot } from '../allot.js';
import type { LookAlike, TrueClaim } from '../plant.js';
import type { SellersWord } from '../sellers-word.js';
import {
  RETURN_WINDOW,
  type OrderCause,
  type OrderLoss,
  type OrderOutcome,
} from './order-cause.js';
import { netCentsOf, openOrderPlot, type OrderEvents } from './order-plot.js';
import { ORDER_CLAIMS, ORDER_LOOK_ALIKES } from './registry.js';

export interface PlantedOrders extends OrderEvents {
  readonly claims: TrueClaim[];
  readonly lookAlikes: LookAlike[];
}

export interface PlantOrders {
  readonly book: OrderBook;
  readonly calendar: Calendar;
  readonly size: WorldSize;
  readonly seed: number;
  /** What the days ahead are drawn from: apart from the history, which is the same however many there are. */
  readonly seedAhead: number;
  /** Products whose losses are claims: paid for an order here, they would seem to have a known cost. */
  readonly without: ReadonlySet<string>;
}

/** Days before the anchor over which cases begin: they open, lapse, and lie open as time goes on. */
const SPREAD = { from: 8, to: 210 };
/** The longest that a case takes from the shipment to what the buyer is given, and a shipment from its order. */
const BEFORE = 14;
const TRIES = 80;

/**
 * Lets something go wrong with orders that nothing else happens to: it adds to what they did, and changes nothing of them.
 * A world without fitting orders has none of it.
 */
export function plantOrders({ size, seed, seedAhead, ...where }: PlantOrders): PlantedOrders {
  const { calendar } = where;
  const planted: PlantedOrders = {
    ...{ rows: [], unbooked: [], transactions: [], reimbursements: [] },
    ...{ claims: [], lookAlikes: [] },
  };
  const used = new Used();
  const causes = [...ORDER_CLAIMS, ...ORDER_LOOK_ALIKES];
  const random = randomFrom(seed);
  const seen = new Set<OrderCause>();
  for (const cause of allot(causes, size.orderCases)) {
    const dayOf = () => DAYS - ageOf(cause, { random, first: !seen.has(cause) });
    happen(cause, { ...where, random, used, planted, dayOf });
    seen.add(cause);
  }
  const ahead = calendar.quietFrom - DAYS;
  const randomAhead = randomFrom(seedAhead);
  const count = Math.round((size.orderCases * ahead) / SPREAD.to);
  for (const cause of count === 0 ? [] : allot(causes, count).slice(0, count)) {
    const dayOf = () => between(randomAhead, DAYS, calendar.quietFrom - 1);
    happen(cause, { ...where, random: randomAhead, used, planted, dayOf });
  }
  return planted;
}

/** The first of each kind is open at the anchor, and so are many others; the rest is too young or too old. */
function ageOf(cause: OrderCause, { random, first }: { random: Random; first: boolean }): number {
  const { opens, closes } = cause.window ?? RETURN_WINDOW;
  const whenever = between(random, SPREAD.from, SPREAD.to);
  const open = between(random, opens + 4, closes - 4) + BEFORE;
  return first || random() < 0.5 ? open : whenever;
}

/** The orders that have their case. Those of one product lie apart: a return that was never booked has no name but its days. */
class Used {
  readonly #shipped = new Map<Product, number[]>();

  add({ lines, shippedMs }: Pick<Order, 'lines' | 'shippedMs'>): void {
    for (const { product } of lines) {
      this.#shipped.set(product, [...(this.#shipped.get(product) ?? []), shippedMs ?? 0]);
    }
  }

  isNear({ lines, shippedMs }: Pick<Order, 'lines' | 'shippedMs'>): boolean {
    return lines.some(({ product }) =>
      (this.#shipped.get(product) ?? []).some(
        (ms) => Math.abs(ms - (shippedMs ?? 0)) < APART_DAYS * DAY_MS,
      ),
    );
  }
}

/** Days between the shipments of two cases of one product: a return is booked within three days. */
const APART_DAYS = 10;

interface Scene extends Pick<PlantOrders, 'book' | 'calendar' | 'without'> {
  readonly random: Random;
  readonly used: Used;
  readonly planted: PlantedOrders;
  readonly dayOf: () => number;
}

function happen(cause: OrderCause, scene: Scene): void {
  const { book, calendar, random, used, planted } = scene;
  const order = orderFor(cause, scene);
  const line = order?.lines[0];
  if (!order || !line) return;
  used.add(order);
  const orderId = book.idOf(order);
  const plot = openOrderPlot({ order, orderId, line, random, calendar, events: planted });
  const outcome = cause.plant(plot);
  const { fnsku, sku, marketplace } = line.product;
  const about = {
    ...{ fnsku, cause: cause.name, referenceIds: [], orderId },
    ...said(outcome, { orderId, sku }),
  };
  if ('why' in outcome) {
    const since = calendar.name(calendar.dayOf(order.shippedMs ?? 0));
    planted.lookAlikes.push({ ...about, why: outcome.why, since });
    return;
  }
  planted.claims.push({
    ...about,
    ...{ subtype: outcome.subtype, units: outcome.units },
    ...{ sku, marketplaceId: marketplace.id },
    unitValue: {
      amount: decimal(outcome.cents ?? plot.netCents),
      currency: marketplace.currency,
    },
    ...daysOf(outcome),
  });
}

/** What the seller tells some days after it came back. */
function said(
  { told }: OrderOutcome,
  about: { readonly orderId: string; readonly sku: string },
): { readonly word?: SellersWord } {
  if (!told) return {};
  const assertedOn = dayIn(ZONE, new Date(told.ms + 5 * DAY_MS));
  const what = { kind: 'loss', subtype: 'return_wrong_item' } as const;
  return { word: { ...what, ...about, quantity: told.units, assertedOn } };
}

const ZONE = 'America/Los_Angeles';

function daysOf({
  fromMs,
  window,
}: OrderLoss): Pick<TrueClaim, 'lossDay' | 'claimableFrom' | 'claimableUntil'> {
  const lossDay = dayIn(ZONE, new Date(fromMs));
  const opens = window.opens === 0 ? fromMs + 1 : startOf(addDays(lossDay, window.opens));
  return {
    lossDay,
    claimableFrom: new Date(opens).toISOString(),
    claimableUntil: addDays(lossDay, window.closes),
  };
}

/** When a day begins where the stores are: at 7 or 8 in the morning in UTC, by the season. */
function startOf(day: string): number {
  const summer = Date.parse(`${day}T07:00:00Z`);
  return dayIn(ZONE, new Date(summer)) === day ? summer : summer + 3_600_000;
}

function orderFor(cause: OrderCause, scene: Scene): Order | undefined {
  const { book, random, used, without, dayOf } = scene;
  const isFree = ({ lines, shippedMs }: Order) =>
    !used.isNear({ lines, shippedMs }) &&
    !lines.some(({ product }) => without.has(product.fnsku) || hasFeeCase(product));
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const fitting = book.createdOn(dayOf()).filter((one) => isFree(one) && fits(one, cause));
    if (fitting.length > 0) return pick(random, fitting);
  }
  return undefined;
}

/** What is wrong with its fees is reckoned from its sales: refunds apart from returns would give part of it back. */
function hasFeeCase({ feeHistory }: Product): boolean {
  return Object.keys(feeHistory).length > 0;
}

/** Nothing else happens to it, and its shipment is for the cause. */
function fits(order: Order, cause: OrderCause): boolean {
  const [line, ...others] = order.lines;
  if (!line || others.length > 0 || line.units < (cause.units ?? 1)) return false;
  if (order.fulfilledByAmazon !== (cause.by === undefined)) return false;
  if (cause.usOnly && order.marketplace.countryCode !== 'US') return false;
  return isQuiet(order) && netCentsOf(order, line) > 0;
}

/** Shipped, and neither returned nor disputed. */
function isQuiet(order: Order): boolean {
  return order.shippedMs !== null && order.returned === null && disputedMs(order) === null;
}
