import { z } from 'zod';
import { checkMarketplaces, instant, list, parse, wholeNumber } from '../wire/query.js';
import { ok, type Answer, type Call, type Operation } from '../wire/operation.js';
import { unauthorized } from '../wire/sp-api-error.js';
import type { Order } from '../world/order.js';
import { pageOf, placeSchema } from './day-pages.js';
import { orderWindow } from './order-window.js';
import { orderView, type IncludedData } from './order-view.js';

const FREE = [
  'PROCEEDS',
  'EXPENSE',
  'PROMOTION',
  'CANCELLATION',
  'FULFILLMENT',
  'PACKAGES',
] as const;
/** Data about people: for applications with a restricted role. No token of its own is needed, unlike with v0. */
const PERSONAL = ['BUYER', 'RECIPIENT'] as const;
/** Taxes, payments and orders of stores outside Amazon: for roles that no application has here. */
const CLOSED = ['TAX', 'PAYMENT', 'FULFILLMENT_ORDERS'] as const;
const STATUSES = [
  ...['PENDING_AVAILABILITY', 'PENDING', 'UNSHIPPED', 'PARTIALLY_SHIPPED'],
  ...['SHIPPED', 'CANCELLED', 'UNFULFILLABLE'],
] as const;

const querySchema = z.strictObject({
  createdAfter: instant.optional(),
  createdBefore: instant.optional(),
  lastUpdatedAfter: instant.optional(),
  lastUpdatedBefore: instant.optional(),
  marketplaceIds: list(z.string(), 50).optional(),
  fulfillmentStatuses: list(z.enum(STATUSES), STATUSES.length).optional(),
  fulfilledBy: list(z.enum(['MERCHANT', 'AMAZON']), 2).optional(),
  maxResultsPerPage: wholeNumber(1, 100).default(100),
  paginationToken: z.string().optional(),
  includedData: list(z.enum([...FREE, ...PERSONAL, ...CLOSED]), 11).default([]),
});
const cursorSchema = z.object({ place: placeSchema, until: z.number() });

export const searchOrders: Operation = {
  name: 'searchOrders',
  method: 'GET',
  path: '/orders/2026-01-01/orders',
  handle,
};

function handle({ deps, operation, sellerId, world, nowMs, query }: Call): Answer {
  const { paginationToken, ...others } = query;
  const asked = parse(querySchema, query);
  checkMarketplaces(asked.marketplaceIds ?? [], world.seller);
  const included = allowed(asked.includedData, deps.restrictedRole.isGranted(sellerId));
  const about = { operation, sellerId, query: others, nowMs };
  const cursor =
    typeof paginationToken === 'string'
      ? deps.pages.read(paginationToken, about, cursorSchema)
      : undefined;
  const { createdAfter, createdBefore, lastUpdatedAfter, lastUpdatedBefore } = asked;
  const bounds = { createdAfter, createdBefore, lastUpdatedAfter, lastUpdatedBefore };
  const window = orderWindow(bounds, nowMs, cursor?.until);
  const { items, next } = pageOf({
    read: (day) => window.read(world, day),
    keep: (order) => window.holds(order) && matches(asked, order),
    from: world.calendar.dayOf(window.from),
    to: world.calendar.dayOf(window.to),
    start: cursor?.place,
    limit: asked.maxResultsPerPage,
  });
  const until = window.to;
  return ok({
    orders: items.map((order) => orderView(order, world.book.idOf(order), included)),
    ...(next ? { pagination: { nextToken: deps.pages.issue(about, { place: next, until }) } } : {}),
    [window.family === 'created' ? 'createdBefore' : 'lastUpdatedBefore']: new Date(
      until,
    ).toISOString(),
  });
}

function matches(
  { marketplaceIds, fulfillmentStatuses, fulfilledBy }: z.infer<typeof querySchema>,
  order: Order,
): boolean {
  if (marketplaceIds && !marketplaceIds.includes(order.marketplace.id)) return false;
  if (fulfillmentStatuses && !fulfillmentStatuses.includes(order.status)) return false;
  return !fulfilledBy || fulfilledBy.includes(order.fulfilledByAmazon ? 'AMAZON' : 'MERCHANT');
}

function allowed(asked: readonly string[], maySeePeople: boolean): Set<IncludedData> {
  const closed: readonly string[] = maySeePeople ? CLOSED : [...PERSONAL, ...CLOSED];
  const refused = asked.find((name) => closed.includes(name));
  if (refused !== undefined) {
    throw unauthorized(`The application has no role that gives access to ${refused}.`);
  }
  return new Set([...FREE, ...PERSONAL].filter((name) => asked.includes(name)));
}
