import { plantFees } from '../causes/plant-fees.js';
import { plantOrders } from '../causes/orders/plant-orders.js';
import { plantWorld } from '../causes/plant-world.js';
import { Overcharges } from '../fees/overcharges.js';
import { StorageBook } from '../fees/storage-book.js';
import { storageTransactions } from '../fees/storage-transactions.js';
import { randomFrom, seedOf } from '../random.js';
import { credits, subscriptions } from './account-transactions.js';
import { worldsAsOf } from './as-of.js';
import type { LaterFacts } from './later-facts.js';
import { Balances } from './balances.js';
import type { Calendar } from './calendar.js';
import type { InboundShipment } from './inbound.js';
import { onTheWayTo, type InventoryItem } from './inventory.js';
import type { LedgerRow } from './ledger-row.js';
import { orderShelf, type OrderBook } from './order-book.js';
import { catalogueOf, type Product } from './product.js';
import type { Reimbursement } from './reimbursement.js';
import type { RemovalOrder } from './removal-order.js';
import { removals } from './removals.js';
import { returnPayments } from './return-payments.js';
import { serials } from './serials.js';
import type { Seller } from './sellers.js';
import { ShelfStock } from './shelf-stock.js';
import { sizeOf, type WorldSize } from './size.js';
import { survey, type HourlySales } from './survey.js';
import { transactionShelf, type TransactionBook } from './transaction-book.js';
import { transfers } from './transfers.js';
import type { Truth } from './truth.js';

/**
 * Everything there is to know about one seller at an instant, `calendar.endMs`: a function of the seed, the seller's id,
 * the size, the anchor day and the days ahead of it. Nothing in it lies at or after that instant.
 */
export interface World {
  readonly seller: Seller;
  readonly calendar: Calendar;
  readonly book: OrderBook;
  /** By whole hours. Whoever adds them up stops at the calendar's end. */
  readonly sales: ReadonlyMap<string, HourlySales>;
  readonly transactions: TransactionBook;
  readonly products: readonly Product[];
  readonly inventory: readonly InventoryItem[];
  /** Whoever reads it asks for what was published before the calendar's end. */
  readonly storage: StorageBook;
  /** In the order of their approval. */
  readonly reimbursements: readonly Reimbursement[];
  ledgerOn(day: number): readonly LedgerRow[];
  /** What customers brought back, whether a shelf took it in or not. */
  returnsOn(day: number): readonly LedgerRow[];
  /** In the order of their request. */
  readonly removalOrders: readonly RemovalOrder[];
  /** Shipments to Amazon, in the order of their last change. */
  readonly inbound: readonly InboundShipment[];
  readonly truth: Truth;
  /** Takes in what follows from a case: nothing of it may lie before the next midnight. */
  adopt(later: LaterFacts): void;
  /** The same world at another instant, which is not before the anchor and not after the end of this one. */
  asOf(ms: number): World;
}

export interface WorldOptions {
  readonly seller: Seller;
  readonly seed: number;
  /** How many orders there are before the anchor. */
  readonly orders: number;
  readonly calendar: Calendar;
  /** How much of everything else there is; what goes with so many orders unless said. */
  readonly size?: Partial<WorldSize>;
}

/** Makes a seller's world to the end of the calendar. Orders are surveyed once and not kept; what happened to stock is. */
export async function makeWorld(options: WorldOptions): Promise<World> {
  const { seller, seed, orders, calendar } = options;
  const own = seedOf(seed, seller.id);
  const size = { ...sizeOf(orders), ...options.size };
  const { anchorDay } = calendar;
  const catalogue = catalogueOf(seller, own, size.products);
  const fees = plantFees(catalogue, { seed: own, size, anchorDay });
  const { products } = fees;
  const shelf = orderShelf({ seller, seed: own, orders, products, calendar });
  const book = shelf(calendar);
  const stock = new ShelfStock(calendar.days);
  const balances = new Balances(calendar);
  const storage = new StorageBook(calendar);
  const unsellable: LedgerRow[] = [];
  const overcharges = new Overcharges(calendar);
  const surveyed = await survey(book, calendar, {
    onMovement(row) {
      stock.add(row);
      balances.add(row);
      storage.add(row);
      if (row.eventType === 'CustomerReturns' && row.disposition !== 'SELLABLE')
        unsellable.push(row);
    },
    onShipped(order) {
      overcharges.add(order);
    },
  });
  const numbers = serials();
  const random = randomFrom(seedOf(own, 'causes'));
  const seedAhead = seedOf(own, 'causes ahead');
  const tools = { random, calendar, serials: numbers };
  const placed = plantWorld({ seller, products, size, seed: own, seedAhead, ...tools });
  const { stock: planted, shipments: shipped } = placed;
  const without = new Set(planted.claims.map(({ fnsku }) => fnsku));
  const afterSale = plantOrders({
    ...{ book, calendar, size, without },
    seed: seedOf(own, 'after sale'),
    seedAhead: seedOf(own, 'after sale ahead'),
  });
  const moved = transfers(products, { ...tools, seed: seedOf(own, 'transfers ahead') });
  const moving = [
    ...planted.rows,
    ...shipped.rows,
    ...moved.rows,
    ...removals(unsellable, { serials: numbers, calendar }),
    ...afterSale.rows,
  ];
  for (const row of moving) stock.add(row);
  const { rows: receipts, deliveries } = stock.receipts(numbers);
  const rows = [...moving, ...receipts];
  for (const row of rows) {
    balances.add(row);
    storage.add(row);
  }
  const { returnedOn } = surveyed;
  const paid = returnPayments({ book, calendar, returnedOn, serials: numbers, without });
  const reimbursements = [
    ...planted.reimbursements,
    ...shipped.reimbursements,
    ...paid,
    ...afterSale.reimbursements,
  ].sort((a, b) => a.ms - b.ms);
  const others = [
    ...credits(reimbursements, calendar),
    ...shipped.transactions,
    ...subscriptions(seller, calendar),
    ...storageTransactions(seller, storage, calendar),
    ...afterSale.transactions,
  ];
  const asOf = worldsAsOf({
    seller,
    calendar,
    shelf,
    surveyed,
    rows,
    unbooked: afterSale.unbooked,
    others,
    reimbursements,
    transactions: transactionShelf({ book, calendar, returnedOn, others }),
    products,
    storage,
    feeCases: fees.cases,
    overcharges,
    inbound: {
      seller,
      deliveries: [...deliveries, ...shipped.deliveries],
      cancelled: shipped.cancelled,
      receipts: rows.filter(({ eventType }) => eventType === 'Receipts'),
      onTheWay: onTheWayTo(own, products),
    },
    stock: { seed: own, products, balances, trips: moved.trips, adjustments: planted.rows },
    planned: {
      claims: [...planted.claims, ...shipped.claims, ...afterSale.claims],
      lookAlikes: [
        ...planted.lookAlikes,
        ...shipped.lookAlikes,
        ...moved.lookAlikes,
        ...afterSale.lookAlikes,
      ],
    },
  });
  return asOf(calendar.endMs);
}
