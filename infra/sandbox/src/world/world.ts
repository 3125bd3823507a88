import { groupBy } from '../group-by.js';
import { plant } from '../causes/plant.js';
import { schedule } from '../causes/schedule.js';
import { randomFrom, seedOf } from '../random.js';
import { reimbursementTransaction, serviceFees } from './account-transactions.js';
import { Balances } from './balances.js';
import type { Calendar } from './calendar.js';
import { inventoryOf, type InventoryItem } from './inventory.js';
import type { LedgerRow } from './ledger-row.js';
import { orderBook, type OrderBook } from './order-book.js';
import { returnRows, shipmentRows } from './order-movements.js';
import { catalogueOf } from './product.js';
import type { Reimbursement } from './reimbursement.js';
import { removals } from './removals.js';
import { returnPayments } from './return-payments.js';
import { serials } from './serials.js';
import type { Seller } from './sellers.js';
import { ShelfStock } from './shelf-stock.js';
import { sizeOf } from './size.js';
import { survey, type HourlySales } from './survey.js';
import { transactionBook, type TransactionBook } from './transaction-book.js';
import { transfers } from './transfers.js';
import type { Truth } from './truth.js';

/** Everything there is to know about one seller: a function of the seed, the seller's id, the size and the anchor day. */
export interface World {
  readonly seller: Seller;
  readonly calendar: Calendar;
  readonly book: OrderBook;
  readonly sales: ReadonlyMap<string, HourlySales>;
  readonly transactions: TransactionBook;
  readonly inventory: readonly InventoryItem[];
  /** In the order of their approval. */
  readonly reimbursements: readonly Reimbursement[];
  ledgerOn(day: number): readonly LedgerRow[];
  readonly truth: Truth;
}

export interface WorldOptions {
  readonly seller: Seller;
  readonly seed: number;
  readonly orders: number;
  readonly calendar: Calendar;
}

/** Makes a seller's world. Orders are surveyed once and not kept; what happened to stock is. */
export async function makeWorld({ seller, seed, orders, calendar }: WorldOptions): Promise<World> {
  const own = seedOf(seed, seller.id);
  const size = sizeOf(orders);
  const products = catalogueOf(seller, own, size.products);
  const book = orderBook({ seller, seed: own, orders, products, calendar });
  const stock = new ShelfStock();
  const balances = new Balances();
  const unsellable: LedgerRow[] = [];
  const surveyed = await survey(book, calendar, (row) => {
    stock.add(row);
    balances.add(row);
    if (row.eventType === 'CustomerReturns' && row.disposition !== 'SELLABLE') unsellable.push(row);
  });
  const numbers = serials();
  const random = randomFrom(seedOf(own, 'causes'));
  const appointments = schedule({ products, size, random });
  const planted = plant(appointments, { random, calendar, serials: numbers });
  const moved = transfers(products, { random, serials: numbers });
  const rows = [...planted.rows, ...moved.rows, ...removals(unsellable, numbers)];
  for (const row of rows) stock.add(row);
  rows.push(...stock.receipts(numbers));
  for (const row of rows) balances.add(row);
  const { returnedOn, sales, reserved } = surveyed;
  const without = new Set(planted.claims.map(({ fnsku }) => fnsku));
  const paid = returnPayments({ book, calendar, returnedOn, serials: numbers, without });
  const reimbursements = [...planted.reimbursements, ...paid].sort((a, b) => a.ms - b.ms);
  const others = [
    ...reimbursements.filter(({ cash }) => cash !== 0).map(reimbursementTransaction),
    ...serviceFees(seller, products.length, calendar),
  ];
  const inventory = inventoryOf({
    seed: own,
    products,
    balances,
    reserved,
    onTheWay: moved.onTheWay,
  });
  const byDay = groupBy(rows, ({ day }) => day);
  return {
    seller,
    calendar,
    book,
    sales,
    inventory,
    reimbursements,
    transactions: transactionBook({ book, calendar, returnedOn, others }),
    ledgerOn: (day) => [
      ...(byDay.get(day) ?? []),
      ...book.shippedOn(day).flatMap((order) => shipmentRows(order, day)),
      ...(returnedOn[day] ?? []).flatMap((n) => returnRows(book.at(n), day)),
    ],
    truth: {
      sellerId: seller.id,
      anchorDay: calendar.anchorDay,
      orders,
      claims: planted.claims,
      lookAlikes: [...planted.lookAlikes, ...moved.lookAlikes],
      counts: {
        orders,
        ledgerRows: surveyed.ledgerRows + rows.length,
        reimbursementRows: reimbursements.length,
        transactions: surveyed.transactions + others.length,
        inventoryRows: inventory.length,
      },
    },
  };
}
