import { replacementIdOf } from '../world/replacement-id.js';
import type { LedgerRow } from '../world/ledger-row.js';
import type { Product } from '../world/product.js';
import type { World } from '../world/world.js';
import {
  dayRange,
  isoOffset,
  rowsOfDays,
  type ReportScope,
  type ReportType,
} from './report-type.js';

const REASONS = ['UNWANTED_ITEM', 'DEFECTIVE', 'NOT_AS_DESCRIBED', 'ORDERED_WRONG_ITEM'] as const;

/** One row for each return: those that the ledger knows, with the same day, place, disposition and units, and others. */
export const customerReturns: ReportType = {
  charset: 'ISO-8859-1',
  quoted: false,
  header: [
    ...['return-date', 'order-id', 'sku', 'asin', 'fnsku', 'product-name', 'quantity'],
    ...['fulfillment-center-id', 'detailed-disposition', 'reason', 'status'],
    ...['license-plate-number', 'customer-comments'],
  ],
  *rows(world, scope) {
    const { from, to } = dayRange(world, scope);
    for (let day = from; day <= to; day += 1) {
      for (const row of world.returnsOn(day))
        if (isHere(row, scope)) yield returnFields(row, world);
    }
  },
};

function returnFields(row: LedgerRow, { book }: World): string[] {
  const { product, order = 0, returnedAs } = row;
  const sellable = row.disposition === 'SELLABLE';
  const { orderId, sku, fnsku } = { ...ownNames(product), ...returnedAs };
  return [
    isoOffset(row.ms ?? 0),
    ...[orderId ?? book.idOf(book.at(order)), sku, product.asin, fnsku, product.title],
    ...[String(row.quantity), row.center, row.disposition],
    row.disposition === 'DEFECTIVE' ? 'DEFECTIVE' : (REASONS[order % REASONS.length] ?? ''),
    sellable ? 'Unit returned to inventory' : 'Unit returned, not sellable',
    `LPNRR${String(order).padStart(9, '0')}`,
    order % 3 === 0 ? 'I changed my mind, my number is 555-0100' : '',
  ];
}

function ownNames({ sku, fnsku }: Product): { sku: string; fnsku: string; orderId?: string } {
  return { sku, fnsku };
}

/** One row for each unit that was sent once more. */
export const replacements: ReportType = {
  charset: 'ISO-8859-1',
  quoted: false,
  header: [
    ...['shipment-date', 'sku', 'asin', 'fulfillment-center-id'],
    ...['original-fulfillment-center-id', 'quantity', 'replacement-reason-code'],
    ...['replacement-amazon-order-id', 'original-amazon-order-id'],
  ],
  *rows(world, scope) {
    const { book, calendar } = world;
    for (const row of rowsOfDays(world, scope)) {
      const { product, replaces } = row;
      if (!replaces || !isHere(row, scope)) continue;
      const original = book.idOf(book.at(replaces.order));
      yield [
        isoOffset(row.ms ?? calendar.startMs + row.day * 86_400_000),
        ...[product.sku, product.asin, row.center, replaces.center, String(-row.quantity)],
        ...[String(replaces.reason), replacementIdOf(original), original],
      ];
    }
  },
};

function isHere({ product }: LedgerRow, { marketplaceIds }: ReportScope): boolean {
  return marketplaceIds.includes(product.marketplace.id);
}
