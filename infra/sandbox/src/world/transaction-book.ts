import { groupBy } from '../group-by.js';
import { DAYS, type Calendar } from './calendar.js';
import type { OrderBook } from './order-book.js';
import {
  DEFERRED_DAYS,
  refundTransaction,
  releaseTransaction,
  shipmentTransaction,
} from './order-transactions.js';
import { Recent } from './recent.js';
import type { Transaction } from './transaction.js';

/** All money movements of a seller, made when asked for; a day's in the order of posting. */
export interface TransactionBook {
  postedOn(day: number): readonly Transaction[];
}

export interface TransactionBookOptions {
  readonly book: OrderBook;
  readonly calendar: Calendar;
  readonly returnedOn: readonly (readonly number[])[];
  /** Those that no order brought about. */
  readonly others: readonly Transaction[];
}

export function transactionBook(options: TransactionBookOptions): TransactionBook {
  const { book, calendar, returnedOn, others } = options;
  const byDay = groupBy(others, ({ postedMs }) => calendar.dayOf(postedMs));
  const cache = new Recent<number, readonly Transaction[]>(20_000, (list) => list.length);
  const make = (day: number): Transaction[] => {
    const shipped = book
      .shippedOn(day)
      .map((order) => shipmentTransaction(order, book.idOf(order), calendar.endMs));
    const released = book
      .shippedOn(day - DEFERRED_DAYS)
      .filter(({ business }) => business)
      .map((order) => releaseTransaction(order, book.idOf(order)));
    const refunded = (returnedOn[day] ?? [])
      .map((n) => book.at(n))
      .map((order) => refundTransaction(order, book.idOf(order)));
    return [...shipped, ...released, ...refunded, ...(byDay.get(day) ?? [])].sort(
      (a, b) => a.postedMs - b.postedMs || (a.id < b.id ? -1 : 1),
    );
  };
  return {
    postedOn: (day) => (day < 0 || day >= DAYS ? [] : cache.get(day, () => make(day))),
  };
}
