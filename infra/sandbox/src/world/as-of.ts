import { groupBy } from '@recoup/kernel';
import type { FeeCase } from '../causes/plant-fees.js';
import { feeTruth, type FeeTruth } from '../fees/fee-truth.js';
import type { Overcharges } from '../fees/overcharges.js';
import type { StorageBook } from '../fees/storage-book.js';
import type { Calendar } from './calendar.js';
import { adoptions, type Adopted } from './later-facts.js';
import { inboundOf, receivingIn, type InboundBooks, type InboundShipment } from './inbound.js';
import { inventoryOf, type InventoryItem, type StockBooks } from './inventory.js';
import { rowAsOf, type LedgerRow } from './ledger-row.js';
import type { OrderShelf } from './order-book.js';
import { returnRows, shipmentRows } from './order-movements.js';
import type { Product } from './product.js';
import { Recent } from './recent.js';
import { removalOrderOf, type RemovalOrder } from './removal-order.js';
import type { Reimbursement } from './reimbursement.js';
import type { Seller } from './sellers.js';
import type { Survey } from './survey.js';
import type { Transaction } from './transaction.js';
import type { TransactionBook, TransactionShelf } from './transaction-book.js';
import { claimsAsOf, type Planned, type TrueCounts } from './truth.js';
import type { World } from './world.js';

/** A seller's world from its first day to its last, told nobody as a whole. */
export interface WholeWorld {
  readonly seller: Seller;
  readonly calendar: Calendar;
  readonly shelf: OrderShelf;
  readonly surveyed: Survey;
  /** Movements of stock that no order made. */
  readonly rows: readonly LedgerRow[];
  /** Returns that no ledger took in. */
  readonly unbooked: readonly LedgerRow[];
  /** Transactions beside what orders bring about by themselves. */
  readonly others: readonly Transaction[];
  /** In the order of their approval. */
  readonly reimbursements: readonly Reimbursement[];
  readonly transactions: TransactionShelf;
  readonly products: readonly Product[];
  readonly storage: StorageBook;
  readonly feeCases: readonly FeeCase[];
  readonly overcharges: Overcharges;
  readonly stock: StockBooks;
  readonly inbound: InboundBooks;
  readonly planned: Planned;
}

/** Worlds that are kept: one for each of a few calls under way. Where the world stands still, all calls share one. */
const KEPT = 8;

/**
 * The one place where a world is cut off at an instant: whatever has an instant is filtered by `happened`, whatever has a
 * day by `today`. What is read from the world it gives can therefore not be of the future.
 */
export function worldsAsOf(whole: WholeWorld): (ms: number) => World {
  let kept = new Recent<number, World>(KEPT, () => 1);
  const rowsOn = groupBy(whole.rows, ({ day }) => day);
  const unbookedOn = groupBy(whole.unbooked, ({ day }) => day);
  const returnsAside = [...whole.rows, ...whole.unbooked].filter(
    ({ eventType }) => eventType === 'CustomerReturns',
  );
  const later = adoptions(whole);
  const othersOn = groupBy(whole.others, ({ postedMs }) => whole.calendar.dayOf(postedMs));
  const ordered = whole.rows
    .flatMap((row) => removalOrderOf(row, whole.calendar) ?? [])
    .sort((a, b) => a.requestedMs - b.requestedMs || (a.id < b.id ? -1 : 1));
  const asOf = (ms: number): World => {
    const calendar = whole.calendar.until(ms);
    return kept.get(calendar.endMs, () => cutOff(calendar));
  };
  const cutOff = (calendar: Calendar): World => {
    const today = calendar.days - 1;
    const happened = ({ ms }: { readonly ms: number }) => ms < calendar.endMs;
    const book = whole.shelf(calendar);
    const transactions = withLater(whole.transactions(calendar), later, calendar);
    const reimbursements = [...whole.reimbursements, ...later.reimbursements]
      .filter(happened)
      .sort((a, b) => a.ms - b.ms);
    const begun = ({ ms = 0 }: LedgerRow) => ms < calendar.endMs;
    const ledgerOn = (day: number): readonly LedgerRow[] => {
      if (day < 0 || day > today) return [];
      const returned = (whole.surveyed.returnedOn[day] ?? []).map((n) => book.at(n));
      return [
        ...[...(rowsOn.get(day) ?? []), ...later.rowsOn(day)]
          .filter(begun)
          .map((row) => later.reconciledAt(rowAsOf(row, today), calendar.endMs)),
        ...book.shippedOn(day).flatMap((order) => shipmentRows(order, day)),
        ...returned.flatMap((order) => returnRows(order, day)),
      ];
    };
    const returnsOn = (day: number): readonly LedgerRow[] => [
      ...ledgerOn(day).filter(({ eventType }) => eventType === 'CustomerReturns'),
      ...(unbookedOn.get(day) ?? []).filter(begun),
    ];
    let inbound: readonly InboundShipment[] | undefined;
    const inboundNow = () => (inbound ??= inboundOf(whole.inbound, calendar));
    let removalOrders: readonly RemovalOrder[] | undefined;
    const removalOrdersNow = () =>
      (removalOrders ??= ordered.filter(({ requestedMs }) => requestedMs < calendar.endMs));
    let inventory: readonly InventoryItem[] | undefined;
    const inventoryNow = () =>
      (inventory ??= inventoryOf(whole.stock, {
        ...{ calendar, book, ledgerOn },
        receiving: receivingIn(inboundNow()),
      }));
    let fees: FeeTruth | undefined;
    const { storage, overcharges } = whole;
    const feesNow = () =>
      (fees ??= feeTruth(whole.feeCases, { calendar, book, storage, overcharges }));
    const returnsUntil = (last: number) =>
      whole.surveyed.returnedOn.slice(0, last).reduce((sum, { length }) => sum + length, 0) +
      returnsAside.filter(({ day }) => day < last).length +
      returnsOn(last).length;
    const counts = (): TrueCounts => {
      const { ledgerRowsOn, transactionsOn } = whole.surveyed;
      const before = (ofOrders: Int32Array, ofOthers: ReadonlyMap<number, readonly unknown[]>) =>
        ofOrders
          .subarray(0, today)
          .reduce((sum, count, day) => sum + count + (ofOthers.get(day)?.length ?? 0), 0);
      const laterBefore = (on: (day: number) => readonly unknown[]) =>
        Array.from({ length: today }, (_, day) => on(day).length).reduce((a, b) => a + b, 0);
      return {
        orders: book.count,
        ledgerRows:
          before(ledgerRowsOn, rowsOn) + ledgerOn(today).length + laterBefore(later.rowsOn),
        reimbursementRows: reimbursements.length,
        transactions:
          before(transactionsOn, othersOn) +
          transactions.postedOn(today).length +
          laterBefore(later.postedOn),
        inventoryRows: whole.stock.products.length,
        ...storageCounts(whole.storage, calendar),
        returnRows: returnsUntil(today),
        replacementRows: whole.rows.filter((row) => row.replaces && row.day <= today && begun(row))
          .length,
        removalOrderRows: removalOrdersNow().length,
        removalShipmentRows: removalOrdersNow()
          .filter(({ doneMs }) => doneMs < calendar.endMs)
          .reduce((sum, { parcels }) => sum + parcels.length, 0),
        inboundShipments: inboundNow().length,
        inboundItems: inboundNow().reduce((sum, { items }) => sum + items.length, 0),
      };
    };
    return {
      seller: whole.seller,
      calendar,
      book,
      sales: whole.surveyed.sales,
      products: whole.products,
      storage: whole.storage,
      transactions,
      reimbursements,
      ledgerOn,
      returnsOn,
      get removalOrders() {
        return removalOrdersNow();
      },
      get inbound() {
        return inboundNow();
      },
      get inventory() {
        return inventoryNow();
      },
      get truth() {
        return {
          sellerId: whole.seller.id,
          anchorDay: calendar.anchorDay,
          orders: book.count,
          ...unsettled(claimsAsOf(whole.planned, calendar), later, calendar),
          ...feesNow(),
          counts: counts(),
        };
      },
      adopt(facts) {
        later.adopt(facts);
        // Worlds that were cut off before know nothing of it.
        kept = new Recent<number, World>(KEPT, () => 1);
      },
      asOf: (ms) => asOf(Math.min(ms, calendar.endMs)),
    };
  };
  return asOf;
}

function storageCounts(
  storage: StorageBook,
  { endMs }: Calendar,
): Pick<TrueCounts, 'storageFeeRows' | 'agedStorageFeeRows'> {
  const lengthOf = (rows: Iterable<unknown>): number => {
    let length = 0;
    for (const row of rows) length += row === undefined ? 0 : 1;
    return length;
  };
  const storages = storage.publishedBefore(endMs).map((month) => storage.chargesOf(month));
  const aged = storage.agedBefore(endMs).map((month) => storage.agedChargesOf(month));
  const sum = (all: readonly Iterable<unknown>[]) =>
    all.reduce((total, rows) => total + lengthOf(rows), 0);
  return { storageFeeRows: sum(storages), agedStorageFeeRows: sum(aged) };
}

function withLater(
  book: TransactionBook,
  later: Adopted,
  { endMs, days }: Calendar,
): TransactionBook {
  return {
    postedOn(day) {
      const coming = day < days ? later.postedOn(day) : [];
      if (coming.length === 0) return book.postedOn(day);
      return [...book.postedOn(day), ...coming.filter(({ postedMs }) => postedMs < endMs)].sort(
        (a, b) => a.postedMs - b.postedMs || (a.id < b.id ? -1 : 1),
      );
    },
  };
}

/** Nothing is owed any more for a loss that was paid for. */
function unsettled(
  open: ReturnType<typeof claimsAsOf>,
  later: Adopted,
  { endMs }: Calendar,
): ReturnType<typeof claimsAsOf> {
  const claims = open.claims.filter(
    ({ referenceIds, orderId }) =>
      !later.isSettled([...referenceIds, ...(orderId === undefined ? [] : [orderId])], endMs),
  );
  return { ...open, claims };
}
