import { z } from 'zod';
import { ORDERS_PER_PAGE, type OrderQuery } from './orders.js';
import { pages } from './pages.js';
import type { Caller } from './rate-limiter.js';
import type { SpApiClient } from './sp-api-client.js';
import { withRaw } from './with-raw.js';

/** Money of v0 may lack either part. */
const moneySchema = z.object({ CurrencyCode: z.string().nullish(), Amount: z.string().nullish() });
export type V0Money = z.infer<typeof moneySchema>;

const text = z.string().nullish();

const orderShape = z.object({
  AmazonOrderId: z.string().min(1),
  PurchaseDate: z.string(),
  LastUpdateDate: z.string(),
  OrderStatus: z.string(),
  FulfillmentChannel: text,
  SalesChannel: text,
  MarketplaceId: text,
  ShipmentServiceLevelCategory: text,
  // Without a restricted data token only the place is told; of that, the country is kept.
  ShippingAddress: z.object({ CountryCode: text }).nullish(),
});

/** An order as v0 gives it, without its items and its buyer. */
export const v0OrderSchema = withRaw(orderShape);
export type V0Order = z.infer<typeof v0OrderSchema>;

const addressShape = z.object({
  ...{ Name: text, CompanyName: text, AddressLine1: text, AddressLine2: text, AddressLine3: text },
  ...{ City: text, County: text, District: text, StateOrRegion: text, Municipality: text },
  ...{ PostalCode: text, CountryCode: text, Phone: text, AddressType: text },
});

/** With its buyer, where that was asked for. A buyer in an unknown form is none: orders never fail for it. */
export const v0OrderWithBuyerSchema = withRaw(
  orderShape.extend({
    EarliestDeliveryDate: text,
    LatestDeliveryDate: text,
    BuyerInfo: z
      .object({ BuyerName: text, BuyerEmail: text, PurchaseOrderNumber: text })
      .nullish()
      .catch(null),
    ShippingAddress: addressShape.nullish().catch(null),
  }),
);
export type V0OrderWithBuyer = z.infer<typeof v0OrderWithBuyerSchema>;

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

const pageSchema = <T extends z.ZodType>(order: T) =>
  z.object({ payload: z.object({ Orders: z.array(order), NextToken: z.string().nullish() }) });
export const getOrdersSchema = pageSchema(v0OrderSchema);
const getOrdersWithBuyersSchema = pageSchema(v0OrderWithBuyerSchema);

/** What a restricted data token is to open of an order. */
const BUYER_DATA = ['buyerInfo', 'shippingAddress'] as const;

export const getOrderItemsSchema = z.object({
  payload: z.object({ OrderItems: z.array(v0OrderItemSchema), NextToken: z.string().nullish() }),
});

/** The orders of a window by v0, page by page, without their lines. Windows that touch share no order. */
export function getOrders(
  client: SpApiClient,
  caller: Caller,
  window: OrderQuery,
): AsyncGenerator<readonly (V0Order | V0OrderWithBuyer)[]> {
  const schema = window.withBuyers ? getOrdersWithBuyersSchema : getOrdersSchema;
  const opens = window.withBuyers ? { opens: BUYER_DATA } : {};
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
      { operation: 'getOrders', query, ...opens },
      schema,
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
