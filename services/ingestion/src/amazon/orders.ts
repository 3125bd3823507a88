import { z } from 'zod';
import { pages } from './pages.js';
import type { Caller } from './rate-limiter.js';
import type { SpApiClient } from './sp-api-client.js';

const moneySchema = z.object({ amount: z.string(), currencyCode: z.string().length(3) });

const orderItemSchema = z.object({
  orderItemId: z.string(),
  quantityOrdered: z.int().nonnegative(),
  product: z.object({
    asin: z.string().nullish(),
    sellerSku: z.string().nullish(),
    title: z.string().nullish(),
    price: z.object({ unitPrice: moneySchema.nullish() }).nullish(),
  }),
  proceeds: z
    .object({
      breakdowns: z.array(z.object({ type: z.string(), subtotal: moneySchema })).nullish(),
    })
    .nullish(),
});

/** An order as `searchOrders` gives it, without the parts that are never asked for. */
export const amazonOrderSchema = z.object({
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
    })
    .nullish(),
  orderItems: z.array(orderItemSchema),
});
export type AmazonOrder = z.infer<typeof amazonOrderSchema>;

export const searchOrdersSchema = z.object({
  orders: z.array(amazonOrderSchema),
  pagination: z.object({ nextToken: z.string().nullish() }).nullish(),
});

/** Amazon's greatest page. */
export const ORDERS_PER_PAGE = 100;

/** Nothing about the buyer: those parts need a restricted role, and claims never need them. */
const INCLUDED_DATA = ['PROCEEDS', 'FULFILLMENT', 'CANCELLATION'];

export interface OrderQuery {
  readonly marketplaceIds: readonly string[];
  /** Which of an order's two times the window is about. */
  readonly by: 'created' | 'updated';
  /** First instant, included. */
  readonly from: Date;
  /** End, excluded. */
  readonly to: Date;
}

/** The orders of a window, page by page. Windows that touch share no order. */
export function searchOrders(
  client: SpApiClient,
  caller: Caller,
  window: OrderQuery,
): AsyncGenerator<readonly AmazonOrder[]> {
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
      includedData: INCLUDED_DATA,
      maxResultsPerPage: ORDERS_PER_PAGE,
      paginationToken,
    };
    const answer = await client.call(
      caller,
      { operation: 'searchOrders', query },
      searchOrdersSchema,
    );
    return { rows: answer.orders, nextToken: answer.pagination?.nextToken ?? null };
  });
}
