import { z } from 'zod';
import { checkMarketplaces, instant, list, parse, wholeNumber } from '../wire/query.js';
import { ok, type Answer, type Call, type Operation } from '../wire/operation.js';
import { notFound } from '../wire/sp-api-error.js';
import type { Order } from '../world/order.js';
import type { World } from '../world/world.js';
import { pageOf, placeSchema } from './day-pages.js';
import { buyerOf } from '../world/buyer.js';
import { buyerV0View } from './buyer-view.js';
import { orderItemV0View, orderV0View, V0_STATUS } from './order-v0-view.js';
import { orderWindow } from './order-window.js';

const STATUSES = [
  ...['PendingAvailability', 'Pending', 'Unshipped', 'PartiallyShipped', 'Shipped'],
  ...['Canceled', 'Unfulfillable', 'InvoiceUnconfirmed'],
] as const;

const querySchema = z.strictObject({
  CreatedAfter: instant.optional(),
  CreatedBefore: instant.optional(),
  LastUpdatedAfter: instant.optional(),
  LastUpdatedBefore: instant.optional(),
  MarketplaceIds: list(z.string(), 50),
  OrderStatuses: list(z.enum(STATUSES), STATUSES.length).optional(),
  FulfillmentChannels: list(z.enum(['AFN', 'MFN']), 2).optional(),
  AmazonOrderIds: list(z.string(), 50).optional(),
  MaxResultsPerPage: wholeNumber(1, 100).default(100),
  NextToken: z.string().optional(),
});
type Query = z.infer<typeof querySchema>;
const cursorSchema = z.object({ place: placeSchema, until: z.number() });

export const getOrders: Operation = {
  name: 'getOrders',
  method: 'GET',
  path: '/orders/v0/orders',
  handle: listOrders,
};

export const getOrderItems: Operation = {
  name: 'getOrderItems',
  method: 'GET',
  path: '/orders/v0/orders/:orderId/orderItems',
  handle: listItems,
};

function listOrders({ deps, operation, sellerId, restricted, world, nowMs, query }: Call): Answer {
  const { NextToken, ...others } = query;
  const asked = parse(querySchema, query);
  checkMarketplaces(asked.MarketplaceIds, world.seller);
  const about = { operation, sellerId, query: others, nowMs };
  const cursor =
    typeof NextToken === 'string' ? deps.pages.read(NextToken, about, cursorSchema) : undefined;
  const window = orderWindow(boundsOf(asked), nowMs, cursor?.until);
  const { items, next } = pageOf({
    read: (day) => window.read(world, day),
    keep: (order) => window.holds(order) && matches(asked, order, world),
    from: world.calendar.dayOf(window.from),
    to: world.calendar.dayOf(window.to),
    start: cursor?.place,
    limit: asked.MaxResultsPerPage,
  });
  const until = window.to;
  return ok({
    payload: {
      Orders: items.map((order) => {
        const orderId = world.book.idOf(order);
        const buyer = buyerOf(orderId, order.marketplace);
        return { ...orderV0View(order, orderId), ...buyerV0View(order, buyer, restricted) };
      }),
      ...(next ? { NextToken: deps.pages.issue(about, { place: next, until }) } : {}),
      [window.family === 'created' ? 'CreatedBefore' : 'LastUpdatedBefore']: new Date(
        until,
      ).toISOString(),
    },
  });
}

function boundsOf({ CreatedAfter, CreatedBefore, LastUpdatedAfter, LastUpdatedBefore }: Query) {
  return {
    createdAfter: CreatedAfter,
    createdBefore: CreatedBefore,
    lastUpdatedAfter: LastUpdatedAfter,
    lastUpdatedBefore: LastUpdatedBefore,
  };
}

function matches(asked: Query, order: Order, { book }: World): boolean {
  if (!asked.MarketplaceIds.includes(order.marketplace.id)) return false;
  if (asked.OrderStatuses && !asked.OrderStatuses.includes(V0_STATUS[order.status])) return false;
  const channel = order.fulfilledByAmazon ? 'AFN' : 'MFN';
  if (asked.FulfillmentChannels && !asked.FulfillmentChannels.includes(channel)) return false;
  return !asked.AmazonOrderIds || asked.AmazonOrderIds.includes(book.idOf(order));
}

/** An order has few items: all of them come on one page, and no token is ever ours. */
function listItems({ deps, operation, sellerId, world, nowMs, params, query }: Call): Answer {
  const { NextToken } = parse(z.strictObject({ NextToken: z.string().optional() }), query);
  if (NextToken !== undefined) {
    deps.pages.read(NextToken, { operation, sellerId, query: {}, nowMs }, cursorSchema);
  }
  const orderId = params['orderId'] ?? '';
  const order = world.book.find(orderId);
  if (!order) throw notFound(`Order ${orderId} was not found.`);
  const OrderItems = order.lines.map((line) => orderItemV0View(order, line));
  return ok({ payload: { AmazonOrderId: orderId, OrderItems } });
}
