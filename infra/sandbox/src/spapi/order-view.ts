import { decimal } from '../world/amount.js';
import { buyerOf } from '../world/buyer.js';
import type { Order, OrderLine } from '../world/order.js';
import { buyerView, recipientView } from './buyer-view.js';

export type IncludedData =
  | 'PROCEEDS'
  | 'EXPENSE'
  | 'PROMOTION'
  | 'CANCELLATION'
  | 'FULFILLMENT'
  | 'PACKAGES'
  | 'BUYER'
  | 'RECIPIENT';

const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

interface Money {
  readonly amount: string;
  readonly currencyCode: string;
}

interface Breakdown {
  readonly type: string;
  readonly subtotal: Money;
}

/** The members of Amazon's `OrderItem` that the sandbox fills. */
export interface OrderItemView {
  readonly orderItemId: string;
  readonly quantityOrdered: number;
  readonly product: {
    readonly asin: string;
    readonly title: string;
    readonly sellerSku: string;
    readonly condition: object;
    readonly price?: { readonly unitPrice: Money };
  };
  readonly proceeds?: { readonly proceedsTotal: Money; readonly breakdowns: readonly Breakdown[] };
  readonly promotion?: object;
  readonly cancellation?: object;
  readonly fulfillment?: {
    readonly quantityFulfilled: number;
    readonly quantityUnfulfilled: number;
  };
}

/** The members of Amazon's `Order` that the sandbox fills. */
export interface OrderView {
  readonly orderId: string;
  readonly createdTime: string;
  readonly lastUpdatedTime: string;
  readonly programs: readonly string[];
  readonly associatedOrders: readonly object[];
  readonly salesChannel: {
    readonly channelName: string;
    readonly marketplaceId: string;
    readonly marketplaceName: string;
  };
  readonly buyer?: object;
  readonly recipient?: object;
  readonly proceeds?: { readonly grandTotal: Money };
  readonly fulfillment?: object;
  readonly orderItems: readonly OrderItemView[];
}

/** An order as the Orders API 2026-01-01 tells it: only the data sets that were asked for. */
export function orderView(
  order: Order,
  orderId: string,
  included: ReadonlySet<IncludedData>,
): OrderView {
  const { id, name } = order.marketplace;
  const priced = order.status !== 'PENDING';
  return {
    orderId,
    createdTime: iso(order.createdMs),
    lastUpdatedTime: iso(order.updatedMs),
    programs: [
      ...(order.fulfilledByAmazon ? ['PRIME'] : []),
      ...(order.business ? ['AMAZON_BUSINESS'] : []),
    ],
    associatedOrders: [],
    salesChannel: { channelName: 'AMAZON', marketplaceId: id, marketplaceName: name },
    ...(priced ? people(order, orderId, included) : {}),
    ...(included.has('PROCEEDS') && priced ? { proceeds: orderProceeds(order) } : {}),
    ...(included.has('FULFILLMENT') ? { fulfillment: orderFulfillment(order) } : {}),
    orderItems: order.lines.map((line) => itemView(order, line, included)),
  };
}

/** Of a pending order Amazon tells neither price nor buyer. */
function people(order: Order, orderId: string, included: ReadonlySet<IncludedData>) {
  const buyer = buyerOf(orderId, order.marketplace);
  return {
    ...(included.has('BUYER') ? { buyer: buyerView(order, buyer) } : {}),
    ...(included.has('RECIPIENT') ? { recipient: recipientView(order, buyer) } : {}),
  };
}

function orderProceeds({ lines, marketplace }: Order) {
  const cents = lines.reduce((sum, line) => sum + lineTotal(line), 0);
  return { grandTotal: money(cents, marketplace.currency) };
}

function orderFulfillment(order: Order) {
  return {
    fulfillmentStatus: order.status,
    fulfilledBy: order.fulfilledByAmazon ? 'AMAZON' : 'MERCHANT',
    fulfillmentServiceLevel: 'STANDARD',
    shipByWindow: {
      earliestDateTime: iso(order.createdMs),
      latestDateTime: iso(order.createdMs + 72 * HOUR),
    },
    deliverByWindow: {
      earliestDateTime: iso(order.createdMs + 96 * HOUR),
      latestDateTime: iso(order.createdMs + 144 * HOUR),
    },
  };
}

function itemView(
  order: Order,
  line: OrderLine,
  included: ReadonlySet<IncludedData>,
): OrderItemView {
  const { asin, title, sku, marketplace } = line.product;
  const priced = order.status !== 'PENDING';
  const price = { price: { unitPrice: money(line.unitCents, marketplace.currency) } };
  return {
    orderItemId: line.itemId,
    quantityOrdered: line.units,
    product: {
      asin,
      title,
      sellerSku: sku,
      condition: { conditionType: 'NEW', conditionSubtype: 'NEW', conditionNote: '' },
      ...(priced ? price : {}),
    },
    ...(included.has('PROCEEDS') && priced ? { proceeds: itemProceeds(line) } : {}),
    ...(included.has('PROMOTION') && line.discountCents > 0
      ? { promotion: { breakdowns: [{ promotionId: `SAVE10-${sku}` }] } }
      : {}),
    ...(included.has('CANCELLATION') && order.status === 'CANCELLED'
      ? {
          cancellation: {
            cancellationExecution: { cancelledBy: 'BUYER', cancelReason: 'BUYER_CANCELLED' },
          },
        }
      : {}),
    ...(included.has('FULFILLMENT') ? { fulfillment: itemFulfillment(order, line) } : {}),
  };
}

function itemProceeds(line: OrderLine) {
  const { currency } = line.product.marketplace;
  const parts = [
    { type: 'ITEM', subtotal: money(line.units * line.unitCents, currency) },
    { type: 'TAX', subtotal: money(line.taxCents, currency) },
    { type: 'DISCOUNT', subtotal: money(-line.discountCents, currency) },
  ];
  return {
    proceedsTotal: money(lineTotal(line), currency),
    breakdowns: line.discountCents === 0 ? parts.slice(0, 2) : parts,
  };
}

function itemFulfillment({ status }: Order, { units }: OrderLine) {
  const waiting = status === 'PENDING' || status === 'UNSHIPPED';
  return {
    quantityFulfilled: status === 'SHIPPED' ? units : 0,
    quantityUnfulfilled: waiting ? units : 0,
  };
}

function lineTotal({ units, unitCents, taxCents, discountCents }: OrderLine): number {
  return units * unitCents + taxCents - discountCents;
}

function money(cents: number, currencyCode: string): Money {
  return { amount: decimal(cents), currencyCode };
}
