import { describe, expect, test } from 'vitest';
import { REPORT_TYPES } from '../spapi/report-types.js';
import { calendarOf, DAY_MS } from './calendar.js';
import { sellerOf } from './sellers.js';
import { makeWorld, type World } from './world.js';

const AHEAD = 45;
const calendar = calendarOf('2026-03-10', AHEAD);
const WORLDS = [
  [21, 'A1BRIGHTHOME03', 0],
  [22, 'A2HARBORPINE01', 350],
  [23, 'A3MAPLETRAIL02', 2_000],
] as const;
const MOMENTS = [0, 2.3, 11.71, 30.05, AHEAD] as const;

/** The columns of the ledger summary that change a balance. */
const MOVEMENTS = [
  ...['Receipts', 'Customer Shipments', 'Customer Returns', 'Vendor Returns'],
  ...['Warehouse Transfer In/Out', 'Found', 'Lost', 'Damaged', 'Disposed', 'Other Events'],
];

const every = <T>(world: World, read: (day: number) => readonly T[]): T[] =>
  Array.from({ length: world.calendar.days }, (_, day) => read(day)).flat();
const at = (world: World, day: number) => world.asOf(Math.floor(calendar.anchorMs + day * DAY_MS));

/** A report of all the time there is, as records by the names of its columns. */
function report(
  world: World,
  type: string,
  options: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>>[] {
  const made = REPORT_TYPES.get(type);
  if (!made) throw new RangeError(type);
  const marketplaceIds = world.seller.marketplaces.map(({ id }) => id);
  const scope = { from: 0, to: world.calendar.days - 1, marketplaceIds, options };
  return [...made.rows(world, scope)].map((cells) =>
    Object.fromEntries(made.header.map((name, n) => [name, cells[n] ?? ''])),
  );
}

function unitsBy<T>(all: readonly T[], about: (one: T) => readonly [string, number]) {
  const sums = new Map<string, number>();
  for (const one of all) {
    const [key, units] = about(one);
    sums.set(key, (sums.get(key) ?? 0) + units);
  }
  return Object.fromEntries([...sums].filter(([, units]) => units !== 0).sort());
}

describe.each(WORLDS)('given seed %d, seller %s and %d orders', (seed, sellerId, orders) => {
  const making = makeWorld({ seller: sellerOf(sellerId), seed, orders, calendar });

  test.each(MOMENTS)('then %d days on what came back is what the returns say', async (day) => {
    const world = at(await making, day);
    const returned = every(world, world.returnsOn);
    const told = new Set(returned.map(({ referenceId }) => referenceId));
    const onTheShelf = every(world, world.ledgerOn).filter(
      ({ eventType }) => eventType === 'CustomerReturns',
    );
    expect(onTheShelf.filter(({ referenceId }) => !told.has(referenceId))).toEqual([]);
    const rows = report(world, 'GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA');
    expect(
      unitsBy(rows, (row) => [
        [
          row['return-date']?.slice(0, 10),
          row['fnsku'],
          row['fulfillment-center-id'],
          row['detailed-disposition'],
        ].join(' '),
        Number(row['quantity']),
      ]),
    ).toEqual(
      unitsBy(returned, (row) => [
        [
          world.calendar.name(row.day),
          row.returnedAs?.fnsku ?? row.product.fnsku,
          row.center,
          row.disposition,
        ].join(' '),
        row.quantity,
      ]),
    );
  });

  test.each(MOMENTS)('then %d days on shipments hold what was received of them', async (day) => {
    const world = at(await making, day);
    const receipts = every(world, world.ledgerOn).filter(
      ({ eventType }) => eventType === 'Receipts',
    );
    const items = world.inbound.flatMap(({ id, items: list }) =>
      list.map((item) => ({ id, item })),
    );
    expect(
      unitsBy(items, ({ id, item }) => [`${id} ${item.product.fnsku}`, item.received]),
    ).toEqual(
      unitsBy(receipts, (row) => [`${row.referenceId} ${row.product.fnsku}`, row.quantity]),
    );
    const ids = world.inbound.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const late = world.inbound.filter(({ updatedMs }) => updatedMs >= world.calendar.endMs);
    expect(late).toEqual([]);
  });

  test.each(MOMENTS)('then %d days on removals took what left by them', async (day) => {
    const world = at(await making, day);
    const left = every(world, world.ledgerOn).filter(
      ({ eventType, reason, removal }) =>
        // What Amazon disposes of unasked has no order.
        removal !== null && (eventType === 'VendorReturns' || reason === 'D'),
    );
    const done = world.removalOrders.filter(({ doneMs }) => doneMs < world.calendar.endMs);
    expect(unitsBy(done, ({ product, units }) => [product.fnsku, units])).toEqual(
      unitsBy(left, ({ product, quantity }) => [product.fnsku, -quantity]),
    );
    const returned = done.filter(({ type }) => type === 'Return');
    expect(
      unitsBy(report(world, 'GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA'), (row) => [
        row['order-id'] ?? '',
        Number(row['shipped-quantity']),
      ]),
    ).toEqual(unitsBy(returned, ({ id, units, lost }) => [id, units - lost]));
    const ids = world.removalOrders.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(['DAILY', 'MONTHLY'])('then %s balances are those of the ledger', async (period) => {
    const world = at(await making, 11.71);
    const rows = report(world, 'GET_LEDGER_SUMMARY_VIEW_DATA', {
      aggregateByLocation: 'FC',
      aggregatedByTimePeriod: period,
    });
    const moved = (row: Readonly<Record<string, string>>) =>
      MOVEMENTS.reduce((sum, name) => sum + Number(row[name]), 0);
    const ending = new Map<string, number>();
    for (const row of rows) {
      const key = [row['FNSKU'], row['Location'], row['Disposition']].join(' ');
      expect(Number(row['Starting Warehouse Balance'])).toBe(ending.get(key) ?? 0);
      ending.set(key, (ending.get(key) ?? 0) + moved(row));
      expect(Number(row['Ending Warehouse Balance'])).toBe(ending.get(key));
    }
    const ledger = unitsBy(every(world, world.ledgerOn), (row) => [
      [row.product.fnsku, row.center, row.disposition].join(' '),
      row.quantity,
    ]);
    expect(unitsBy([...ending], (one) => one)).toEqual(ledger);
  });

  test('then removal orders and shipments stay as they were told, but for what moves on', async () => {
    const worlds = await Promise.all(MOMENTS.map(async (day) => at(await making, day)));
    for (const [n, later] of worlds.entries()) {
      const before = worlds[n - 1];
      if (!before) continue;
      expect(later.removalOrders.slice(0, before.removalOrders.length)).toEqual(
        before.removalOrders,
      );
      const sent = new Map(later.inbound.map((one) => [one.id, one]));
      for (const one of before.inbound) {
        const now = sent.get(one.id);
        const told = ({ items }: typeof one) =>
          items.map(({ product, shipped }) => [product.sku, shipped]);
        expect(now && told(now), one.id).toEqual(told(one));
        if (one.status === 'CLOSED') expect(now).toEqual(one);
      }
    }
  });
});
