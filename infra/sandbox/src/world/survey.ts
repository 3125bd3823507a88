import { setImmediate } from 'node:timers/promises';
import { DAY_MS, DAYS, type Calendar } from './calendar.js';
import type { Order } from './order.js';
import type { OrderBook } from './order-book.js';
import { orderTransactionCount } from './order-transactions.js';
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
  /** Numbers of the orders that came back on each day. */
  readonly returnedOn: readonly (readonly number[])[];
  /** Units paid for and not yet shipped, by product index. */
  readonly reserved: ReadonlyMap<number, number>;
  /** Every movement made by orders, folded by the caller as it comes. */
  readonly ledgerRows: number;
  readonly transactions: number;
}

const HOUR_MS = 3_600_000;

/** Reads every order once, a day at a time; other work gets its turn between two days. */
export async function survey(
  book: OrderBook,
  calendar: Calendar,
  onMovement: (row: LedgerRow) => void,
): Promise<Survey> {
  const sales = new Map<string, HourlySales>();
  const returnedOn: number[][] = Array.from({ length: DAYS }, () => []);
  const reserved = new Map<number, number>();
  let ledgerRows = 0;
  let transactions = 0;
  for (let day = 0; day < DAYS; day += 1) {
    for (const order of book.createdOn(day)) {
      addSale(sales, order, Math.floor((order.createdMs - calendar.startMs) / HOUR_MS));
      if (order.returned) returnedOn[calendar.dayOf(order.returned.ms)]?.push(order.n);
      if (order.status === 'UNSHIPPED' && order.fulfilledByAmazon) reserve(reserved, order);
      for (const row of movementsOf(order, calendar)) {
        ledgerRows += 1;
        onMovement(row);
      }
      transactions += orderTransactionCount(order, calendar.startMs + DAYS * DAY_MS);
    }
    await setImmediate();
  }
  return { sales, returnedOn, reserved, ledgerRows, transactions };
}

function movementsOf(order: Order, calendar: Calendar): LedgerRow[] {
  const shipped =
    order.shippedMs === null ? [] : shipmentRows(order, calendar.dayOf(order.shippedMs));
  return order.returned
    ? [...shipped, ...returnRows(order, calendar.dayOf(order.returned.ms))]
    : shipped;
}

function addSale(sales: Map<string, HourlySales>, order: Order, hour: number): void {
  let sums = sales.get(order.marketplace.id);
  if (!sums) {
    const hours = DAYS * 24;
    sums = {
      orders: new Int32Array(hours),
      items: new Int32Array(hours),
      units: new Int32Array(hours),
      sales: new Float64Array(hours),
    };
    sales.set(order.marketplace.id, sums);
  }
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

function reserve(reserved: Map<number, number>, order: Order): void {
  for (const { product, units } of order.lines) {
    reserved.set(product.index, (reserved.get(product.index) ?? 0) + units);
  }
}
