import { z } from 'zod';
import { ORDERS_PER_PAGE, type OrderQuery } from './orders.js';
import { pages } from './pages.js';
import type { Caller } from './rate-limiter.js';
import type { SpApiClient } from './sp-api-client.js';
import { withRaw } from './with-raw.js';

/** Money of v0 may lack either part. */
const moneySchema = z.object({ CurrencyCode: z.string().nullish(), Amount: z.string().nullish() });
export type V0Money = z.infer<typeof moneySchema>;

/** An order as v0 gives it, without its items. */
export const v0OrderSchema = withRaw(
  z.object({
    AmazonOrderId: z.string().min(1),
    PurchaseDate: z.string(),
    LastUpdateDate: z.string(),
    OrderStatus: z.string(),
    FulfillmentChannel: z.string().nullish(),
    SalesChannel: z.string().nullish(),
    MarketplaceId: z.string().nullish(),
    ShipmentServiceLevelCategory: z.string().nullish(),
    // Without a restricted data token only the place is told; of that, the country is kept.
    ShippingAddress: z.object({ CountryCode: z.string().nullish() }).nullish(),
  }),
);
export type V0Order = z.infer<typeof v0OrderSchema>;

const money = moneySchema.nullish();

/** A line as v0 gives it. Of a pending order it has no prices. */
export const v0OrderItemSchema = withRaw(
  z.object({
    ASIN: z.string(),
    OrderItemId: z.string(),
    SellerSKU: z.string().nullish(),
    Title: z.string().nullish(),
    QuantityOrdered: z.int().nonnegative(),
    QuantityShipped: z.int().nonnegative().nullish(),
    ItemPrice: money,
    ItemTax: money,
    ShippingPrice: money,
    ShippingTax: money,
    ShippingDiscount: money,
    PromotionDiscount: money,
    BuyerInfo: z.object({ GiftWrapPrice: money, GiftWrapTax: money }).nullish(),
  }),
);
export type V0OrderItem = z.infer<typeof v0OrderItemSchema>;

export const getOrdersSchema = z.object({
  payload: z.object({ Orders: z.array(v0OrderSchema), NextToken: z.string().nullish() }),
});

export const getOrderItemsSchema = z.object({
  payload: z.object({ OrderItems: z.array(v0OrderItemSchema), NextToken: z.string().nullish() }),
});

/** The orders of a window by v0, page by page, without their lines. Windows that touch share no order. */
export function getOrders(
  client: SpApiClient,
  caller: Caller,
  window: Omit<OrderQuery, 'withBuyers'>,
): AsyncGenerator<readonly V0Order[]> {
  const after = window.from.toISOString();
  // Amazon includes both ends; the millisecond keeps an order of the last instant out of two windows.
  const before = new Date(window.to.getTime() - 1).toISOString();
  const family =
    window.by === 'created'
      ? { CreatedAfter: after, CreatedBefore: before }
      : { LastUpdatedAfter: after, LastUpdatedBefore: before };
  return pages(async (NextToken) => {
    // The token stands for a place and not for the question: without the rest, pages come back incomplete.
    const query = {
      ...family,
      MarketplaceIds: window.marketplaceIds,
      MaxResultsPerPage: ORDERS_PER_PAGE,
      NextToken,
    };
    const { payload } = await client.call(
      caller,
      { operation: 'getOrders', query },
      getOrdersSchema,
    );
    return { rows: payload.Orders, nextToken: payload.NextToken ?? null };
  });
}

/** The lines of an order by v0, of all pages. */
export async function getOrderItems(
  client: SpApiClient,
  caller: Caller,
  orderId: string,
): Promise<readonly V0OrderItem[]> {
  const items: V0OrderItem[] = [];
  const found = pages(async (NextToken) => {
    const call = { operation: 'getOrderItems', path: { orderId }, query: { NextToken } } as const;
    const { payload } = await client.call(caller, call, getOrderItemsSchema);
    return { rows: payload.OrderItems, nextToken: payload.NextToken ?? null };
  });
  for await (const page of found) items.push(...page);
  return items;
}
