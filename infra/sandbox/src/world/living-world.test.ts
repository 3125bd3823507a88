import { groupBy } from '@recoup/kernel';
import { beforeAll, describe, expect, test } from 'vitest';
import { calendarOf, DAY_MS, DAYS } from './calendar.js';
import { sellerOf } from './sellers.js';
import { makeWorld, type World } from './world.js';

const AHEAD = 60;
const ANCHOR_DAY = '2026-03-10';
const calendar = calendarOf(ANCHOR_DAY, AHEAD);
const HOUR_MS = DAY_MS / 24;
const seller = sellerOf('A3MAPLETRAIL02');
const make = (ahead: number) =>
  makeWorld({ seller, seed: 1, orders: 4_000, calendar: calendarOf(ANCHOR_DAY, ahead) });

let whole: World;
beforeAll(async () => {
  whole = await make(AHEAD);
});

/** Everything with an instant or a day that a world tells. */
function told(world: World) {
  const days = Array.from({ length: DAYS + AHEAD }, (_, day) => day);
  return {
    orders: days.flatMap((day) => world.book.createdOn(day)),
    updated: days.flatMap((day) => world.book.updatedOn(day)),
    ledger: days.flatMap((day) => world.ledgerOn(day)),
    transactions: days.flatMap((day) => world.transactions.postedOn(day)),
    reimbursements: world.reimbursements,
    returns: days.flatMap((day) => world.returnsOn(day)),
  };
}

/** Instants in the days ahead, at all hours. */
const MOMENTS = Array.from(
  { length: 12 },
  (_, n) => calendar.anchorMs + n * 4.7 * DAY_MS + n * 2.6 * HOUR_MS,
).map(Math.floor);

describe('given a world with days ahead', () => {
  test('then at the anchor it has happened as in one that stands still', async () => {
    const still = told(await make(0));
    const begun = told(whole.asOf(calendar.anchorMs));
    expect(begun.orders).toEqual(still.orders);
    expect(begun.updated).toEqual(still.updated);
    expect(whole.asOf(0).truth.counts).toEqual(whole.asOf(calendar.anchorMs).truth.counts);
  });

  test.each(MOMENTS)('then nothing of the future is told at %d', (ms) => {
    const world = whole.asOf(ms);
    const { orders, ledger, transactions, reimbursements, returns } = told(world);
    const instants = [
      ...orders.flatMap((one) => [one.createdMs, one.updatedMs, one.shippedMs, one.returned?.ms]),
      ...[...ledger, ...returns].map((row) => row.ms ?? calendar.startMs + row.day * DAY_MS),
      ...transactions.map(({ postedMs }) => postedMs),
      ...reimbursements.map((row) => row.ms),
      ...world.inventory.map(({ updatedMs }) => updatedMs),
    ];
    const latest = Math.max(...instants.map((one) => one ?? 0));
    expect(latest).toBeLessThanOrEqual(ms);
    // Nor is the present left out: something always happened within the last hours.
    expect(latest).toBeGreaterThan(ms - DAY_MS);
  });

  test.each(MOMENTS)('then the counts it states at %d are those of its rows', (ms) => {
    const world = whole.asOf(ms);
    const { orders, updated, ledger, transactions, reimbursements, returns } = told(world);
    const shipped = world.removalOrders.filter(({ doneMs }) => doneMs < ms);
    expect(world.truth.counts).toMatchObject({
      orders: orders.length,
      ledgerRows: ledger.length,
      reimbursementRows: reimbursements.length,
      transactions: transactions.length,
      inventoryRows: world.inventory.length,
      returnRows: returns.length,
      replacementRows: ledger.filter(({ replaces }) => replaces).length,
      removalOrderRows: world.removalOrders.length,
      removalShipmentRows: shipped.flatMap(({ parcels }) => parcels).length,
      inboundShipments: world.inbound.length,
      inboundItems: world.inbound.flatMap(({ items }) => items).length,
    });
    expect(updated).toHaveLength(orders.length);
    expect(new Set(transactions.map(({ id }) => id)).size).toBe(transactions.length);
  });

  test.each(MOMENTS)(
    'then the inventory at %d is the sum of the ledger, and nowhere negative',
    (ms) => {
      const world = whole.asOf(ms);
      const sums = new Map<string, number>();
      for (const { product, disposition, quantity } of told(world).ledger) {
        const key = `${product.fnsku} ${disposition === 'SELLABLE'}`;
        sums.set(key, (sums.get(key) ?? 0) + quantity);
      }
      for (const item of world.inventory) {
        const { fnsku } = item.product;
        const damaged = item.customerDamaged + item.warehouseDamaged + item.distributorDamaged;
        const rest = item.carrierDamaged + item.defective + item.expired;
        expect(item.fulfillable + item.customerOrders).toBe(sums.get(`${fnsku} true`) ?? 0);
        expect(item.fulfillable).toBeGreaterThanOrEqual(0);
        expect(damaged + rest).toBe(sums.get(`${fnsku} false`) ?? 0);
      }
    },
  );

  test('then no shelf and no pool is ever short of a unit, at whatever moment it is looked at', () => {
    const rows = told(whole).ledger.map((row) => ({
      row,
      ms: row.ms ?? calendar.startMs + row.day * DAY_MS,
    }));
    const stock = new Map<string, number>();
    const ahead = rows.filter(({ ms }) => ms >= calendar.anchorMs);
    for (const { row } of rows.filter(({ ms }) => ms < calendar.anchorMs)) move(stock, row);
    ahead.sort((a, b) => a.ms - b.ms);
    for (const [ms, list] of groupBy(ahead, (one) => one.ms)) {
      for (const { row } of list) move(stock, row);
      const short = [...stock].filter(([, units]) => units < 0);
      expect(short, new Date(ms).toISOString()).toEqual([]);
    }
  });

  test('then an order that waited is found again, later, by when it was updated', () => {
    const before = whole.asOf(calendar.anchorMs + 10.2 * DAY_MS);
    const after = whole.asOf(calendar.anchorMs + 14 * DAY_MS);
    const waiting = told(before).orders.filter(({ status }) => status === 'PENDING');
    expect(waiting.length).toBeGreaterThan(0);
    for (const order of waiting) {
      const later = after.book.at(order.n);
      expect(['SHIPPED', 'CANCELLED']).toContain(later.status);
      expect(later.updatedMs).toBeGreaterThanOrEqual(before.calendar.endMs);
      expect(after.book.updatedOn(calendar.dayOf(later.updatedMs))).toContainEqual(later);
    }
    const paid = told(before).orders.filter(
      (one) => one.status === 'UNSHIPPED' && one.createdMs > calendar.anchorMs,
    );
    expect(paid.length).toBeGreaterThan(0);
    for (const { updatedMs, createdMs } of paid) expect(updatedMs).toBeGreaterThan(createdMs);
  });

  test('then money that is held back is released by a transaction of its own', () => {
    const [early, late] = [5, 30].map((day) => whole.asOf(calendar.anchorMs + day * DAY_MS));
    const held = told(early ?? whole).transactions.filter(({ status }) => status === 'DEFERRED');
    expect(held.length).toBeGreaterThan(0);
    const all = new Map(told(late ?? whole).transactions.map((one) => [one.id, one]));
    for (const { id } of held) {
      const now = all.get(id);
      const release = now?.identifiers.find(({ name }) => name === 'RELEASE_TRANSACTION_ID');
      expect(now?.status).toBe('DEFERRED_RELEASED');
      expect(all.get(release?.value ?? '')?.cents).toBe(now?.cents);
    }
  });
});

function move(stock: Map<string, number>, row: ReturnType<World['ledgerOn']>[number]): void {
  const key = `${row.product.fnsku} ${row.center} ${row.disposition}`;
  stock.set(key, (stock.get(key) ?? 0) + row.quantity);
}
