import { groupBy } from '@recoup/kernel';
import type { Calendar } from './calendar.js';
import type { OrderBook } from './order-book.js';
import {
  DEFERRED_DAYS,
  releaseTransaction,
  shipmentTransaction,
  transactionAsOf,
} from './order-transactions.js';
import { Recent } from './recent.js';
import { DISPUTED_DAYS, disputeTransactions, refundTransactions } from './refund-transactions.js';
import type { Transaction } from './transaction.js';

/** The money movements of a seller as they stand when a calendar ends, made when asked for; a day's in the order of posting. */
export interface TransactionBook {
  postedOn(day: number): readonly Transaction[];
}

export interface TransactionBookOptions {
  /** The orders as they end: what becomes of them later is left out where a day is read. */
  readonly book: OrderBook;
  readonly calendar: Calendar;
  readonly returnedOn: readonly (readonly number[])[];
  /** Those that no order brought about. */
  readonly others: readonly Transaction[];
}

/** Where all transactions are: gives them as they stand when a calendar ends. */
export type TransactionShelf = (calendar: Calendar) => TransactionBook;

export function transactionShelf(options: TransactionBookOptions): TransactionShelf {
  const { book, calendar, returnedOn, others } = options;
  const byDay = groupBy(others, ({ postedMs }) => calendar.dayOf(postedMs));
  const cache = new Recent<number, readonly Transaction[]>(20_000, (list) => list.length);
  const make = (day: number): Transaction[] => {
    const shipped = book
      .shippedOn(day)
      .map((order) => shipmentTransaction(order, book.idOf(order)));
    const released = book
      .shippedOn(day - DEFERRED_DAYS)
      .filter(({ business }) => business)
      .map((order) => releaseTransaction(order, book.idOf(order)));
    const refunded = (returnedOn[day] ?? [])
      .map((n) => book.at(n))
      .flatMap((order) => refundTransactions(order, book.idOf(order)));
    const disputed = book
      .shippedOn(day - DISPUTED_DAYS)
      .flatMap((order) => disputeTransactions(order, book.idOf(order)));
    const ofOrders = [...shipped, ...released, ...refunded, ...disputed];
    return [...ofOrders, ...(byDay.get(day) ?? [])].sort(
      (a, b) => a.postedMs - b.postedMs || (a.id < b.id ? -1 : 1),
    );
  };
  return ({ days, endMs }) => ({
    postedOn: (day) =>
      day < 0 || day >= days
        ? []
        : cache
            .get(day, () => make(day))
            .filter(({ postedMs }) => postedMs < endMs)
            .map((one) => transactionAsOf(one, endMs)),
  });
}
