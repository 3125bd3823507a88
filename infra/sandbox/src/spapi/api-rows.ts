import type { World } from '../world/world.js';
import { shipmentItemView, shipmentView } from './inbound-shipments.js';
import { orderView, type IncludedData } from './order-view.js';
import { transactionView } from './transaction-view.js';

/** What operations list: members of Amazon's answers, each made as it is read. */
export interface ApiRows {
  /** Of `searchOrders`, without buyers. */
  readonly orders: Iterable<object>;
  /** Of `listTransactions`. */
  readonly transactions: Iterable<object>;
  /** Of `getShipments` and `getShipmentItems`, of all marketplaces. */
  readonly shipments: Iterable<object>;
  readonly shipmentItems: Iterable<object>;
}

const INCLUDED: ReadonlySet<IncludedData> = new Set([
  ...(['PROCEEDS', 'EXPENSE', 'PROMOTION', 'CANCELLATION', 'FULFILLMENT'] as const),
]);

/** What operations would list over a world's whole history, without pages and the way over the wire. */
export function apiRows(world: World): ApiRows {
  const { book, calendar, inbound, seller, transactions } = world;
  const days = Array.from({ length: calendar.days }, (_, day) => day);
  return {
    orders: over(days, (day) =>
      book.createdOn(day).map((order) => orderView(order, book.idOf(order), INCLUDED)),
    ),
    transactions: over(days, (day) =>
      transactions.postedOn(day).map((one) => transactionView(one, seller, day)),
    ),
    shipments: inbound.map((one) => shipmentView(one)),
    shipmentItems: inbound.flatMap(({ id, items }) =>
      items.map((item) => shipmentItemView(id, item)),
    ),
  };
}

function* over<T>(days: readonly number[], rowsOn: (day: number) => readonly T[]): Generator<T> {
  for (const day of days) yield* rowsOn(day);
}
