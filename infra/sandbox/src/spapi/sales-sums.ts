import type { Order } from '../world/order.js';
import type { World } from '../world/world.js';
import type { Span } from './metric-buckets.js';

export interface SalesSums {
  orders: number;
  items: number;
  units: number;
  cents: number;
}

export interface SalesFilter {
  readonly marketplaceId: string;
  readonly sku?: string | undefined;
  readonly asin?: string | undefined;
  readonly business?: boolean | undefined;
  readonly fulfilledByAmazon?: boolean | undefined;
}

const HOUR = 3_600_000;

/**
 * Sales placed in a span of time, whatever became of the orders. The whole hours of a whole marketplace come from the
 * sums made once; everything else is counted order by order.
 */
export function salesIn(world: World, { from, to }: Span, filter: SalesFilter): SalesSums {
  const { marketplaceId, ...narrower } = filter;
  const end = Math.min(to, world.calendar.endMs);
  const plain = Object.values(narrower).every((value) => value === undefined);
  const first = Math.ceil(from / HOUR) * HOUR;
  const last = Math.floor(end / HOUR) * HOUR;
  if (!plain || first >= last) return sumOrders(world, { from, to: end }, filter);
  return [
    sumOrders(world, { from, to: first }, filter),
    sumHours(world, { from: first, to: last }, marketplaceId),
    sumOrders(world, { from: last, to: end }, filter),
  ].reduce(added);
}

function added(a: SalesSums, b: SalesSums): SalesSums {
  return {
    orders: a.orders + b.orders,
    items: a.items + b.items,
    units: a.units + b.units,
    cents: a.cents + b.cents,
  };
}

function sumHours(
  { sales, calendar }: World,
  { from, to }: Span,
  marketplaceId: string,
): SalesSums {
  const sums: SalesSums = { orders: 0, items: 0, units: 0, cents: 0 };
  const hourly = sales.get(marketplaceId);
  if (!hourly) return sums;
  const first = Math.max(0, (from - calendar.startMs) / HOUR);
  const last = Math.min(hourly.orders.length, (to - calendar.startMs) / HOUR);
  for (let hour = first; hour < last; hour += 1) {
    sums.orders += hourly.orders[hour] ?? 0;
    sums.items += hourly.items[hour] ?? 0;
    sums.units += hourly.units[hour] ?? 0;
    sums.cents += hourly.sales[hour] ?? 0;
  }
  return sums;
}

function sumOrders({ book, calendar }: World, { from, to }: Span, filter: SalesFilter): SalesSums {
  const sums: SalesSums = { orders: 0, items: 0, units: 0, cents: 0 };
  if (from >= to) return sums;
  const last = calendar.dayOf(to - 1);
  for (let day = Math.max(0, calendar.dayOf(from)); day <= last; day += 1) {
    for (const order of book.createdOn(day)) {
      if (order.createdMs >= from && order.createdMs < to && matches(order, filter)) {
        addOrder(sums, order, filter);
      }
    }
  }
  return sums;
}

function matches(
  order: Order,
  { marketplaceId, business, fulfilledByAmazon }: SalesFilter,
): boolean {
  return (
    order.marketplace.id === marketplaceId &&
    (business === undefined || business === order.business) &&
    (fulfilledByAmazon === undefined || fulfilledByAmazon === order.fulfilledByAmazon)
  );
}

function addOrder(sums: SalesSums, order: Order, { sku, asin }: SalesFilter): void {
  const lines = order.lines.filter(
    ({ product }) =>
      (sku === undefined || sku === product.sku) && (asin === undefined || asin === product.asin),
  );
  if (lines.length === 0) return;
  sums.orders += 1;
  for (const { units, unitCents, discountCents } of lines) {
    sums.items += 1;
    sums.units += units;
    sums.cents += units * unitCents - discountCents;
  }
}
