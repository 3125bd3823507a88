import type { OrderFact } from '@recoup/contracts';
import { marketplaceOfChannel } from '@recoup/domain';
import type { GivenFact } from '@recoup/facts';
import type { Money } from '@recoup/kernel';
import type { ReportRow } from '../amazon/tab-separated.js';
import { allowed } from './allow-list.js';
import { secondOf } from './instant.js';
import { LINE_COLUMNS, ORDER_COLUMNS } from './order-allow-lists.js';
import { moneyOf, proceedsOf, unitPriceOf } from './order-amounts.js';
import type { GivenLine } from './order-lines.js';
import { fulfilledBy, orderStatus, serviceLevel } from './order-words.js';
import { cellsOf, type Cells } from './report-cell.js';

/** What one row of an all-orders report tells: a line, and its order once more. */
export interface OrderRow {
  readonly order: GivenFact<'order'>;
  readonly line: GivenLine;
}

/**
 * A row of an all-orders report in the words of Orders 2026-01-01. City, state and postal code are never read. Throws
 * UnexpectedAnswer where a column is missing.
 */
export function orderRow(row: ReportRow): OrderRow {
  const cells = cellsOf(row);
  const salesChannel = cells.text('sales_channel');
  const order: OrderFact = {
    orderId: cells.text('amazon_order_id'),
    marketplaceId: marketplaceOfChannel(salesChannel)?.id ?? null,
    createdAt: secondOf(cells.text('purchase_date'), 'purchase-date'),
    updatedAt: secondOf(cells.text('last_updated_date'), 'last-updated-date'),
    status: orderStatus(cells.text('order_status')),
    fulfilledBy: fulfilledBy(cells.text('fulfillment_channel')),
    salesChannel: salesChannel || null,
    serviceLevel: serviceLevel(cells.text('ship_service_level')),
    shipCountry: cells.maybeText('ship_country'),
  };
  return {
    order: { data: order, raw: rawOf(row, ORDER_COLUMNS) },
    line: { data: lineOf(order.orderId, cells), raw: rawOf(row, LINE_COLUMNS) },
  };
}

function lineOf(orderId: string, cells: Cells): GivenLine['data'] {
  const ordered = cells.int('quantity');
  const quantity = ordered === 0 && isCancelled(cells) ? null : ordered;
  const price = moneyIn(cells, 'item_price');
  return {
    orderId,
    sku: cells.text('sku'),
    asin: cells.text('asin'),
    orderItemId: null,
    title: cells.maybeText('product_name'),
    quantity,
    quantityShipped: null,
    unitPrice: unitPriceOf(price, quantity),
    proceeds: proceedsOf([
      { kind: 'ITEM', money: price },
      { kind: 'SHIPPING', money: moneyIn(cells, 'shipping_price') },
      { kind: 'GIFT_WRAP', money: moneyIn(cells, 'gift_wrap_price') },
      { kind: 'TAX', money: moneyIn(cells, 'item_tax') },
      { kind: 'TAX', money: moneyIn(cells, 'shipping_tax') },
      { kind: 'TAX', money: moneyIn(cells, 'gift_wrap_tax') },
      { kind: 'DISCOUNT', money: moneyIn(cells, 'item_promotion_discount') },
      { kind: 'DISCOUNT', money: moneyIn(cells, 'ship_promotion_discount') },
    ]),
  };
}

/** Reports of cancelled lines hold a zero in place of what was ordered. */
function isCancelled(cells: Cells): boolean {
  return [cells.text('order_status'), cells.maybeText('item_status') ?? ''].some(
    (word) => orderStatus(word) === 'CANCELLED',
  );
}

/** An amount; an empty cell is none, as is one without a currency, which pending orders lack. */
function moneyIn(cells: Cells, column: string): Money | null {
  const amount = cells.text(column);
  const currency = cells.text('currency');
  return amount && currency ? moneyOf(amount, currency) : null;
}

/** Empty cells say nothing: they are left out. */
function rawOf(row: ReportRow, columns: Parameters<typeof allowed>[1]) {
  const said = Object.entries(row).filter(([, cell]) => cell.trim() !== '');
  return allowed(Object.fromEntries(said), columns);
}
