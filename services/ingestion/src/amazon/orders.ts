import { z } from 'zod';
import { addressSchema, buyerSchema } from '../buyers/buyer-info.js';
import { pages } from './pages.js';
import type { Caller } from './rate-limiter.js';
import type { SpApiClient } from './sp-api-client.js';
import { withRaw } from './with-raw.js';

const windowSchema = z.object({
  earliestDateTime: z.string().nullish(),
  latestDateTime: z.string().nullish(),
});

const moneySchema = z.object({ amount: z.string(), currencyCode: z.string().length(3) });

const breakdownSchema = z.object({
  type: z.string(),
  subtotal: moneySchema,
  detailedBreakdowns: z
    .array(z.object({ subtype: z.string().nullish(), value: moneySchema.nullish() }))
    .nullish(),
});

const orderItemSchema = withRaw(
  z.object({
    orderItemId: z.string(),
    quantityOrdered: z.int().nonnegative(),
    product: z.object({
      asin: z.string().nullish(),
      sellerSku: z.string().nullish(),
      title: z.string().nullish(),
      price: z.object({ unitPrice: moneySchema.nullish() }).nullish(),
    }),
    proceeds: z.object({ breakdowns: z.array(breakdownSchema).nullish() }).nullish(),
    fulfillment: z
      .object({
        quantityFulfilled: z.int().nonnegative().nullish(),
        shipping: z.object({ scheduledDeliveryWindow: windowSchema.nullish() }).nullish(),
      })
      .nullish(),
  }),
);
export type AmazonOrderItem = z.infer<typeof orderItemSchema>;

const orderShape = z.object({
  orderId: z.string().min(1),
  createdTime: z.string(),
  lastUpdatedTime: z.string(),
  salesChannel: z.object({
    channelName: z.string().nullish(),
    marketplaceId: z.string().nullish(),
    marketplaceName: z.string().nullish(),
  }),
  fulfillment: z
    .object({
      fulfillmentStatus: z.string(),
      fulfilledBy: z.string().nullish(),
      fulfillmentServiceLevel: z.string().nullish(),
      deliverByWindow: windowSchema.nullish(),
    })
    .nullish(),
  orderItems: z.array(orderItemSchema),
});

/** An order as `searchOrders` gives it. Nothing about its buyer is read, even if Amazon should send it. */
export const amazonOrderSchema = withRaw(orderShape);
export type AmazonOrder = z.infer<typeof amazonOrderSchema>;

/** With its buyer, where that was asked for. A buyer in an unknown form is none: orders never fail for it. */
export const amazonOrderWithBuyerSchema = withRaw(
  orderShape.extend({
    buyer: buyerSchema.nullish().catch(null),
    recipient: z.object({ deliveryAddress: addressSchema.nullish() }).nullish().catch(null),
  }),
);
export type AmazonOrderWithBuyer = z.infer<typeof amazonOrderWithBuyerSchema>;

const pageSchema = <T extends z.ZodType>(order: T) =>
  z.object({
    orders: z.array(order),
    pagination: z.object({ nextToken: z.string().nullish() }).nullish(),
  });
export const searchOrdersSchema = pageSchema(amazonOrderSchema);
const searchWithBuyersSchema = pageSchema(amazonOrderWithBuyerSchema);

/** Amazon's greatest page. */
export const ORDERS_PER_PAGE = 100;

const INCLUDED_DATA = ['PROCEEDS', 'FULFILLMENT', 'CANCELLATION', 'PROMOTION', 'EXPENSE'];
/** For these Amazon wants a restricted role; claims never need them. */
const BUYER_DATA = ['BUYER', 'RECIPIENT'];

export interface OrderQuery {
  readonly marketplaceIds: readonly string[];
  /** Which of an order's two times the window is about. */
  readonly by: 'created' | 'updated';
  /** First instant, included. */
  readonly from: Date;
  /** End, excluded. */
  readonly to: Date;
  /** Whether buyers are asked for. */
  readonly withBuyers: boolean;
}

/** The orders of a window, page by page. Windows that touch share no order. */
export function searchOrders(
  client: SpApiClient,
  caller: Caller,
  window: OrderQuery,
): AsyncGenerator<readonly (AmazonOrder | AmazonOrderWithBuyer)[]> {
  const schema = window.withBuyers ? searchWithBuyersSchema : searchOrdersSchema;
  const after = window.from.toISOString();
  // Amazon includes both ends; the millisecond keeps an order of the last instant out of two windows.
  const before = new Date(window.to.getTime() - 1).toISOString();
  const family =
    window.by === 'created'
      ? { createdAfter: after, createdBefore: before }
      : { lastUpdatedAfter: after, lastUpdatedBefore: before };
  return pages(async (paginationToken) => {
    const query = {
      ...family,
      marketplaceIds: window.marketplaceIds,
      includedData: window.withBuyers ? [...INCLUDED_DATA, ...BUYER_DATA] : INCLUDED_DATA,
      maxResultsPerPage: ORDERS_PER_PAGE,
      paginationToken,
    };
    const answer = await client.call(caller, { operation: 'searchOrders', query }, schema);
    return { rows: answer.orders, nextToken: answer.pagination?.nextToken ?? null };
  });
}
