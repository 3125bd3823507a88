import { replacementIdOf } from '../world/replacements.js';
import type { LedgerRow } from '../world/ledger-row.js';
import type { World } from '../world/world.js';
import { isoOffset, rowsOfDays, type ReportScope, type ReportType } from './report-type.js';

const REASONS = ['UNWANTED_ITEM', 'DEFECTIVE', 'NOT_AS_DESCRIBED', 'ORDERED_WRONG_ITEM'] as const;

/** One row for each return that the ledger knows: the same day, place, disposition and units. */
export const customerReturns: ReportType = {
  charset: 'ISO-8859-1',
  quoted: false,
  header: [
    ...['return-date', 'order-id', 'sku', 'asin', 'fnsku', 'product-name', 'quantity'],
    ...['fulfillment-center-id', 'detailed-disposition', 'reason', 'status'],
    ...['license-plate-number', 'customer-comments'],
  ],
  *rows(world, scope) {
    for (const row of rowsOfDays(world, scope)) {
      if (row.eventType === 'CustomerReturns' && isHere(row, scope)) yield returnFields(row, world);
    }
  },
};

function returnFields({ product, order = 0, ...row }: LedgerRow, { book }: World): string[] {
  const sellable = row.disposition === 'SELLABLE';
  return [
    isoOffset(row.ms ?? 0),
    ...[book.idOf(book.at(order)), product.sku, product.asin, product.fnsku, product.title],
    ...[String(row.quantity), row.center, row.disposition],
    row.disposition === 'DEFECTIVE' ? 'DEFECTIVE' : (REASONS[order % REASONS.length] ?? ''),
    sellable ? 'Unit returned to inventory' : 'Unit returned, not sellable',
    `LPNRR${String(order).padStart(9, '0')}`,
    order % 3 === 0 ? 'I changed my mind, my number is 555-0100' : '',
  ];
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
        isoOffset(calendar.startMs + row.day * 86_400_000),
        ...[product.sku, product.asin, row.center, replaces.center, String(-row.quantity)],
        ...[String(replaces.order % 5), replacementIdOf(original), original],
      ];
    }
  },
};

function isHere({ product }: LedgerRow, { marketplaceIds }: ReportScope): boolean {
  return marketplaceIds.includes(product.marketplace.id);
}
