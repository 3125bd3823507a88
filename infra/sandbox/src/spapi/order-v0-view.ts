import { decimal } from '../world/amount.js';
import type { Order, OrderLine, OrderStatus } from '../world/order.js';

/** The words of Orders v0 for what the newer API says in capitals. */
export const V0_STATUS: Readonly<
  Record<OrderStatus, 'Pending' | 'Unshipped' | 'Shipped' | 'Canceled'>
> = {
  PENDING: 'Pending',
  UNSHIPPED: 'Unshipped',
  SHIPPED: 'Shipped',
  CANCELLED: 'Canceled',
};

const HOUR = 3_600_000;
/** v0 dates have whole seconds. */
const iso = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');
const money = (cents: number, CurrencyCode: string): Money => ({
  CurrencyCode,
  Amount: decimal(cents),
});

interface Money {
  readonly CurrencyCode: string;
  readonly Amount: string;
}

/** The members of v0's `Order` that clients rely on; the sandbox fills some more. */
export interface OrderV0View {
  readonly AmazonOrderId: string;
  readonly PurchaseDate: string;
  readonly LastUpdateDate: string;
  readonly OrderStatus: string;
  readonly FulfillmentChannel: 'AFN' | 'MFN';
  readonly MarketplaceId: string;
  readonly OrderTotal?: Money;
}

/** The members of v0's `OrderItem` that clients rely on; the sandbox fills some more. */
export interface OrderItemV0View {
  readonly ASIN: string;
  readonly SellerSKU: string;
  readonly OrderItemId: string;
  readonly QuantityOrdered: number;
  readonly QuantityShipped: number;
  readonly ItemPrice?: Money;
}

export function orderV0View(order: Order, orderId: string): OrderV0View & Record<string, unknown> {
  const { marketplace, lines, status } = order;
  const units = lines.reduce((sum, line) => sum + line.units, 0);
  const cents = lines.reduce((sum, line) => sum + lineCents(line) + line.taxCents, 0);
  const waiting = status === 'PENDING' || status === 'UNSHIPPED';
  return {
    AmazonOrderId: orderId,
    PurchaseDate: iso(order.createdMs),
    LastUpdateDate: iso(order.updatedMs),
    OrderStatus: V0_STATUS[status],
    FulfillmentChannel: order.fulfilledByAmazon ? 'AFN' : 'MFN',
    SalesChannel: marketplace.name,
    ShipServiceLevel: 'Std US D2D Dom',
    ShipmentServiceLevelCategory: 'Standard',
    MarketplaceId: marketplace.id,
    OrderType: 'StandardOrder',
    NumberOfItemsShipped: status === 'SHIPPED' ? units : 0,
    NumberOfItemsUnshipped: waiting ? units : 0,
    EarliestShipDate: iso(order.createdMs),
    LatestShipDate: iso(order.createdMs + 72 * HOUR),
    IsBusinessOrder: order.business,
    IsPrime: order.fulfilledByAmazon,
    IsPremiumOrder: false,
    IsGlobalExpressEnabled: false,
    IsReplacementOrder: false,
    IsSoldByAB: false,
    IsISPU: false,
    ...(status === 'PENDING' ? {} : { OrderTotal: money(cents, marketplace.currency) }),
  };
}

/** An item; of a pending order Amazon tells no price yet. */
export function orderItemV0View(
  { status }: Order,
  line: OrderLine,
): OrderItemV0View & Record<string, unknown> {
  const { product, units } = line;
  const { currency } = product.marketplace;
  const prices = {
    ItemPrice: money(units * line.unitCents, currency),
    ItemTax: money(line.taxCents, currency),
    PromotionDiscount: money(line.discountCents, currency),
    PromotionDiscountTax: money(0, currency),
  };
  return {
    ASIN: product.asin,
    SellerSKU: product.sku,
    OrderItemId: line.itemId,
    Title: product.title,
    QuantityOrdered: units,
    QuantityShipped: status === 'SHIPPED' ? units : 0,
    ProductInfo: { NumberOfItems: '1' },
    ConditionId: 'New',
    ConditionSubtypeId: 'New',
    IsGift: 'false',
    IsTransparency: false,
    ...(status === 'PENDING' ? {} : prices),
  };
}

function lineCents({ units, unitCents, discountCents }: OrderLine): number {
  return units * unitCents - discountCents;
}
