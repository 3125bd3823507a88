import { randomFrom, seedOf } from '../random.js';
import type { Balances } from './balances.js';
import { DAY_MS, type Calendar } from './calendar.js';
import { rowAsOf, type Disposition, type LedgerRow } from './ledger-row.js';
import type { OrderBook } from './order-book.js';
import { SHIPPING_DAYS } from './order.js';
import type { Product } from './product.js';
import type { Trip } from './transfers.js';

/** A product's units as the inventory summary tells them. */
export interface InventoryItem {
  readonly product: Product;
  readonly fulfillable: number;
  readonly inboundShipped: number;
  readonly inboundReceiving: number;
  readonly customerOrders: number;
  readonly transfers: number;
  readonly researching: number;
  readonly customerDamaged: number;
  readonly warehouseDamaged: number;
  readonly distributorDamaged: number;
  readonly carrierDamaged: number;
  readonly defective: number;
  readonly expired: number;
  /** When any of it changed last; at the anchor at the earliest. */
  readonly updatedMs: number;
}

/** What the stock of every product is told from. */
export interface StockBooks {
  readonly seed: number;
  readonly products: readonly Product[];
  readonly balances: Balances;
  readonly trips: readonly Trip[];
  /** Adjustments that causes have planted: units misplaced are looked for until Amazon says what became of them. */
  readonly adjustments: readonly LedgerRow[];
}

/** The world as of the instant for which the stock is told. */
export interface StockMoment {
  readonly calendar: Calendar;
  readonly book: OrderBook;
  readonly ledgerOn: (day: number) => readonly LedgerRow[];
  /** Units still to be received of shipments that are being received, by product index. */
  readonly receiving: ReadonlyMap<number, number>;
}

/** The stock of every product as it stands when the calendar ends, by SKU. Some have a shipment on its way to Amazon. */
export function inventoryOf(books: StockBooks, moment: StockMoment): InventoryItem[] {
  const { seed, products } = books;
  const stock = stockAt(books.balances, moment);
  const reserved = reservedIn(moment);
  const onTheWay = onTheWayTo(seed, products);
  const transferred = transferredIn(books, moment);
  const researching = inResearch(books, moment);
  return products
    .map((product) => {
      const { index } = product;
      const orders = reserved.get(index);
      const sellable = stock.of(index, 'SELLABLE');
      // Only what is there can be set aside: other orders wait for the next delivery.
      const customerOrders = Math.min(orders?.units ?? 0, sellable);
      return {
        product,
        fulfillable: sellable - customerOrders,
        inboundShipped: onTheWay.get(product) ?? 0,
        inboundReceiving: moment.receiving.get(index) ?? 0,
        customerOrders,
        transfers: transferred.get(index) ?? 0,
        researching: researching.get(index) ?? 0,
        customerDamaged: stock.of(index, 'CUSTOMER_DAMAGED'),
        warehouseDamaged: stock.of(index, 'WAREHOUSE_DAMAGED'),
        distributorDamaged: stock.of(index, 'DISTRIBUTOR_DAMAGED'),
        carrierDamaged: stock.of(index, 'CARRIER_DAMAGED'),
        defective: stock.of(index, 'DEFECTIVE'),
        expired: stock.of(index, 'EXPIRED'),
        updatedMs: Math.max(stock.movedMs(index), orders?.sinceMs ?? 0),
      };
    })
    .sort((a, b) => (a.product.sku < b.product.sku ? -1 : 1));
}

/** The days that are over come from the balances, a day that is not from its rows so far. */
function stockAt(balances: Balances, { calendar, ledgerOn }: StockMoment) {
  const today = calendar.days - 1;
  const isOver = calendar.endMs === calendar.startMs + calendar.days * DAY_MS;
  const last = isOver ? today : today - 1;
  const rows = isOver ? [] : ledgerOn(today);
  const moved = new Map<string, number>();
  const latest = new Map<number, number>();
  for (const row of rows) {
    const { product, disposition, quantity } = row;
    const key = `${product.index} ${disposition}`;
    moved.set(key, (moved.get(key) ?? 0) + quantity);
    latest.set(product.index, Math.max(latest.get(product.index) ?? 0, balances.happenedMs(row)));
  }
  return {
    of: (product: number, disposition: Disposition) =>
      balances.of(product, disposition, last) + (moved.get(`${product} ${disposition}`) ?? 0),
    movedMs: (product: number) =>
      Math.max(balances.movedMs(product, last), latest.get(product) ?? 0),
  };
}

/** Units of unshipped orders, still on the shelf and no longer for sale, and since when. */
function reservedIn({ calendar, book }: StockMoment) {
  const reserved = new Map<number, { units: number; sinceMs: number }>();
  for (let back = SHIPPING_DAYS; back >= 0; back -= 1) {
    for (const order of book.createdOn(calendar.days - 1 - back)) {
      if (order.status !== 'UNSHIPPED' || !order.fulfilledByAmazon) continue;
      for (const { product, units } of order.lines) {
        const known = reserved.get(product.index) ?? { units: 0, sinceMs: 0 };
        const sinceMs = Math.max(known.sinceMs, order.updatedMs);
        reserved.set(product.index, { units: known.units + units, sinceMs });
      }
    }
  }
  return reserved;
}

/** Units that the seller has sent and Amazon has not begun to receive. */
export function onTheWayTo(seed: number, products: readonly Product[]): Map<Product, number> {
  const units = new Map<Product, number>();
  for (const product of products) {
    const random = randomFrom(seedOf(seed, 'inbound', product.index));
    if (random() < 0.1) units.set(product, 12 * (1 + Math.floor(random() * 4)));
  }
  return units;
}

function transferredIn({ trips }: StockBooks, { calendar }: StockMoment): Map<number, number> {
  const units = new Map<number, number>();
  for (const trip of trips) {
    if (trip.day >= calendar.days || trip.day + trip.days < calendar.days) continue;
    units.set(trip.product.index, (units.get(trip.product.index) ?? 0) + trip.units);
  }
  return units;
}

/** Units that Amazon is looking for: off the shelf, and neither found nor given up. */
function inResearch({ adjustments }: StockBooks, { calendar }: StockMoment): Map<number, number> {
  const today = calendar.days - 1;
  const units = new Map<number, number>();
  for (const row of adjustments) {
    if (row.reason !== 'M' || row.day > today) continue;
    const { product, quantity, reconciled, unreconciled } = rowAsOf(row, today);
    if (reconciled !== 0 || unreconciled !== 0) continue;
    units.set(product.index, (units.get(product.index) ?? 0) - quantity);
  }
  return units;
}
