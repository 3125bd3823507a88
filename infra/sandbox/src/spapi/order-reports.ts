import { decimal } from '../world/amount.js';
import { buyerOf } from '../world/buyer.js';
import type { Order, OrderLine, OrderStatus } from '../world/order.js';
import type { World } from '../world/world.js';
import type { ReportScope, ReportType } from './report-type.js';

/** The words of these reports for the status of an order and of a line. */
const STATUS: Readonly<Record<OrderStatus, string>> = {
  PENDING: 'Pending',
  UNSHIPPED: 'Unshipped',
  SHIPPED: 'Shipped',
  CANCELLED: 'Cancelled',
};

/** The report of one family lists by creation, that of the other by change, and has no tax id of Brazilian buyers. */
const BY_LAST_UPDATE = [
  ...['amazon-order-id', 'merchant-order-id', 'purchase-date', 'last-updated-date'],
  ...['order-status', 'fulfillment-channel', 'sales-channel', 'order-channel'],
  ...['ship-service-level', 'product-name', 'sku', 'asin', 'item-status', 'quantity', 'currency'],
  ...['item-price', 'item-tax', 'shipping-price', 'shipping-tax', 'gift-wrap-price'],
  ...['gift-wrap-tax', 'item-promotion-discount', 'ship-promotion-discount', 'ship-city'],
  ...['ship-state', 'ship-postal-code', 'ship-country', 'promotion-ids', 'is-business-order'],
  ...['purchase-order-number', 'price-designation'],
];
const BY_ORDER_DATE = BY_LAST_UPDATE.toSpliced(
  BY_LAST_UPDATE.indexOf('is-business-order'),
  0,
  'cpf',
);

/** All orders that were created in a window, a row for each line. */
export const ordersByOrderDate: ReportType = orderReport(BY_ORDER_DATE, ({ book }, day) =>
  book.createdOn(day),
);

/** All orders that changed in a window, with all their lines. */
export const ordersByLastUpdate: ReportType = orderReport(BY_LAST_UPDATE, ({ book }, day) =>
  book.updatedOn(day),
);

function orderReport(
  header: readonly string[],
  ordersOn: (world: World, day: number) => readonly Order[],
): ReportType {
  return {
    charset: 'ISO-8859-1',
    quoted: false,
    longestDays: 30,
    header,
    *rows(world, { from, to, marketplaceIds }: ReportScope) {
      for (let day = Math.max(0, from); day <= Math.min(to, world.calendar.days - 1); day += 1) {
        for (const order of ordersOn(world, day)) {
          if (marketplaceIds.includes(order.marketplace.id)) yield* rowsOf(world, order, header);
        }
      }
    },
  };
}

function* rowsOf(
  { book }: World,
  order: Order,
  header: readonly string[],
): Generator<readonly string[]> {
  const ofOrder = orderCells(order, book.idOf(order));
  for (const line of order.lines) {
    const cells = { ...ofOrder, ...lineCells(order, line) };
    yield header.map((column) => cells[column] ?? '');
  }
}

type Cells = Readonly<Record<string, string>>;

function orderCells(order: Order, orderId: string): Cells {
  return {
    'amazon-order-id': orderId,
    'purchase-date': zoned(order.createdMs),
    'last-updated-date': zoned(order.updatedMs),
    'order-status': STATUS[order.status],
    'fulfillment-channel': order.fulfilledByAmazon ? 'Amazon' : 'Merchant',
    'sales-channel': order.marketplace.name,
    'ship-service-level': 'Standard',
    'is-business-order': String(order.business),
    ...(order.status === 'PENDING' ? {} : placeCells(order, orderId)),
  };
}

/** Where the parcel goes, less street and name: these reports are not restricted. */
function placeCells(order: Order, orderId: string): Cells {
  const { city, stateOrRegion, postalCode, countryCode } = buyerOf(orderId, order.marketplace);
  return {
    'ship-city': city,
    'ship-state': stateOrRegion,
    'ship-postal-code': postalCode,
    'ship-country': countryCode,
  };
}

/** A pending line has no amounts yet, and a cancelled one none any more, with a zero in place of its quantity. */
function lineCells({ status }: Order, line: OrderLine): Cells {
  const { product, units } = line;
  const cancelled = status === 'CANCELLED';
  return {
    'product-name': product.title,
    sku: product.sku,
    asin: product.asin,
    'item-status': STATUS[status],
    quantity: String(cancelled ? 0 : units),
    ...(cancelled || status === 'PENDING' ? {} : amountCells(line)),
  };
}

/** Amounts of zero are left out. */
function amountCells({ product, units, unitCents, taxCents, discountCents }: OrderLine): Cells {
  return {
    currency: product.marketplace.currency,
    'item-price': decimal(units * unitCents),
    'item-tax': decimal(taxCents),
    ...(discountCents === 0
      ? {}
      : {
          'item-promotion-discount': decimal(discountCents),
          'promotion-ids': `SAVE10-${product.sku}`,
        }),
  };
}

function zoned(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', '+00:00');
}
