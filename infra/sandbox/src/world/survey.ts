import { setImmediate } from 'node:timers/promises';
import type { Calendar } from './calendar.js';
import type { Order } from './order.js';
import type { OrderBook } from './order-book.js';
import { orderTransactionTimes } from './order-transaction-times.js';
import { returnRows, shipmentRows } from './order-movements.js';
import type { LedgerRow } from './ledger-row.js';

/** Sums of one marketplace, by hour of the world. Sales are cents. */
export interface HourlySales {
  readonly orders: Int32Array;
  readonly items: Int32Array;
  readonly units: Int32Array;
  readonly sales: Float64Array;
}

/** What has to be known about all orders at once; a few numbers per day and product, never the orders themselves. */
export interface Survey {
  readonly sales: ReadonlyMap<string, HourlySales>;
  /** Numbers of the orders that come back on each day. */
  readonly returnedOn: readonly (readonly number[])[];
  /** Movements of stock that orders make on each day. */
  readonly ledgerRowsOn: Int32Array;
  readonly transactionsOn: Int32Array;
}

/** Who is told while the orders are read. */
export interface Surveyors {
  /** Each movement of stock that an order makes. */
  readonly onMovement: (row: LedgerRow) => void;
  /** Each order that is shipped. */
  readonly onShipped: (order: Order) => void;
}

const HOUR_MS = 3_600_000;

/**
 * Reads every order once, a day at a time; other work gets its turn between two days. What others reckon from is handed over
 * as it comes.
 */
export async function survey(
  book: OrderBook,
  calendar: Calendar,
  { onMovement, onShipped }: Surveyors,
): Promise<Survey> {
  const { days, startMs } = calendar;
  const sales = new Map<string, HourlySales>();
  const returnedOn: number[][] = Array.from({ length: days }, () => []);
  const ledgerRowsOn = new Int32Array(days);
  const transactionsOn = new Int32Array(days);
  for (let day = 0; day < days; day += 1) {
    for (const order of book.createdOn(day)) {
      const hour = Math.floor((order.createdMs - startMs) / HOUR_MS);
      addSale(salesAt(sales, order.marketplace.id, days * 24), order, hour);
      if (order.returned) returnedOn[calendar.dayOf(order.returned.ms)]?.push(order.n);
      if (order.shippedMs !== null) onShipped(order);
      for (const row of movementsOf(order, calendar)) {
        add(ledgerRowsOn, row.day, 1);
        onMovement(row);
      }
      for (const ms of orderTransactionTimes(order, calendar.endMs)) {
        add(transactionsOn, calendar.dayOf(ms), 1);
      }
    }
    await setImmediate();
  }
  return { sales, returnedOn, ledgerRowsOn, transactionsOn };
}

function movementsOf(order: Order, calendar: Calendar): LedgerRow[] {
  const shipped =
    order.shippedMs === null ? [] : shipmentRows(order, calendar.dayOf(order.shippedMs));
  return order.returned
    ? [...shipped, ...returnRows(order, calendar.dayOf(order.returned.ms))]
    : shipped;
}

function salesAt(sales: Map<string, HourlySales>, marketplaceId: string, hours: number) {
  let sums = sales.get(marketplaceId);
  if (!sums) {
    sums = {
      orders: new Int32Array(hours),
      items: new Int32Array(hours),
      units: new Int32Array(hours),
      sales: new Float64Array(hours),
    };
    sales.set(marketplaceId, sums);
  }
  return sums;
}

function addSale(sums: HourlySales, order: Order, hour: number): void {
  add(sums.orders, hour, 1);
  for (const line of order.lines) {
    add(sums.items, hour, 1);
    add(sums.units, hour, line.units);
    add(sums.sales, hour, line.units * line.unitCents - line.discountCents);
  }
}

function add(sums: Int32Array | Float64Array, at: number, value: number): void {
  sums[at] = (sums[at] ?? 0) + value;
}
