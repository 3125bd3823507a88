import { describe, expect, test } from 'vitest';
import { financialEventView } from '../spapi/financial-event-view.js';
import { calendarOf, DAY_MS } from './calendar.js';
import type { LedgerRow } from './ledger-row.js';
import { totalCents } from './reimbursement.js';
import { sellerOf } from './sellers.js';
import type { Transaction } from './transaction.js';
import { makeWorld, type World } from './world.js';

const AHEAD = 45;
const calendar = calendarOf('2026-03-10', AHEAD);
/** Seed, seller and orders: an empty shop, one with a handful of orders, and larger ones in one and two marketplaces. */
const WORLDS = [
  [11, 'A1BRIGHTHOME03', 0],
  [12, 'A3MAPLETRAIL02', 9],
  [13, 'A2HARBORPINE01', 400],
  [14, 'A9ZZZZZZZZZZ', 1_100],
  [15, 'A3MAPLETRAIL02', 2_500],
] as const;
/** Days after the anchor, at all hours: the same world is looked at again and again. */
const MOMENTS = [0, 2.3, 11.71, 12, 30.05, AHEAD] as const;

const every = <T>(world: World, read: (day: number) => readonly T[]): T[] =>
  Array.from({ length: world.calendar.days }, (_, day) => read(day)).flat();
const sumOf = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0);
const at = (world: World, day: number) => world.asOf(Math.floor(calendar.anchorMs + day * DAY_MS));

describe.each(WORLDS)('given seed %d, seller %s and %d orders', (seed, sellerId, orders) => {
  const seller = sellerOf(sellerId);
  const making = makeWorld({ seller, seed, orders, calendar });

  test.each(MOMENTS)('then %d days on its money is that of its orders and reports', async (day) => {
    const world = at(await making, day);
    const transactions = every(world, world.transactions.postedOn);
    expect(refundsOf(transactions.filter((one) => !isApart(one)))).toEqual(returnsOf(world));
    const paid = transactions.filter(({ type }) => type === 'FBAInventoryReimbursement');
    const reported = world.reimbursements.filter(
      ({ cash, ms, creditedAfter = 0 }) =>
        cash !== 0 && creditedAfter !== null && ms + creditedAfter * DAY_MS < world.calendar.endMs,
    );
    expect(paid.map(({ cents }) => cents).sort()).toEqual(reported.map(totalCents).sort());
    const { storage } = world;
    const months = [
      ...storage.publishedBefore(world.calendar.endMs).map((month) => storage.chargesOf(month)),
      ...storage.agedBefore(world.calendar.endMs).map((month) => storage.agedChargesOf(month)),
    ];
    const charged = months.map((charges) => sumOf([...charges].map(({ cents }) => cents)));
    const posted = transactions.filter(({ description }) => description.endsWith('StorageFee'));
    const early = posted.filter(({ postedMs }) => postedMs >= world.calendar.endMs);
    expect(early).toEqual([]);
    expect(-sumOf(posted.map(({ cents }) => cents))).toBe(sumOf(charged));
  });

  test('then both versions of Finances tell the same money, transaction by transaction', async () => {
    const world = await making;
    for (const one of every(world, world.transactions.postedOn)) {
      expect(Math.round(amountsIn(financialEventView(one).event) * 100)).toBe(one.cents);
    }
  });

  test.each(MOMENTS)('then %d days on its sales are those of its orders', async (day) => {
    const world = at(await making, day);
    const all = every(world, world.book.createdOn);
    const hours = Math.floor((world.calendar.endMs - world.calendar.startMs) / 3_600_000);
    const whole = all.filter(
      ({ createdMs }) => createdMs < world.calendar.startMs + hours * 3_600_000,
    );
    for (const marketplace of seller.marketplaces) {
      const here = whole.filter((order) => order.marketplace.id === marketplace.id);
      const sums = world.sales.get(marketplace.id);
      expect(sumOf([...(sums?.orders.subarray(0, hours) ?? [])])).toBe(here.length);
      const units = here.flatMap(({ lines }) => lines.map((line) => line.units));
      expect(sumOf([...(sums?.units.subarray(0, hours) ?? [])])).toBe(sumOf(units));
    }
    const ids = new Set(all.map((order) => world.book.idOf(order)));
    expect(ids.size).toBe(all.length);
  });

  test('then what was seen once is seen again in the same words, but for what changes by nature', async () => {
    const worlds = await Promise.all(MOMENTS.map(async (day) => at(await making, day)));
    for (const [n, later] of worlds.entries()) {
      const before = worlds[n - 1];
      if (!before) continue;
      for (const [name, told] of Object.entries(lasting)) {
        expect(told(later, before), name).toEqual(told(before, before));
      }
    }
  });

  test('then every time is a whole second', async () => {
    const world = await making;
    const instants = [
      ...every(world, world.book.createdOn).flatMap((one) => [
        ...[one.createdMs, one.updatedMs, one.shippedMs ?? 0, one.returned?.ms ?? 0],
      ]),
      ...every(world, world.transactions.postedOn).map(({ postedMs }) => postedMs),
      ...world.reimbursements.map(({ ms }) => ms),
    ];
    expect(instants.filter((ms) => ms % 1_000 !== 0)).toEqual([]);
  });
});

/** What of a world a later one must repeat word for word, told as far as the earlier one reached. */
const lasting: Readonly<Record<string, (world: World, until: World) => unknown>> = {
  orders: (world, until) =>
    until.book.count === 0
      ? []
      : every(until, world.book.createdOn)
          .slice(0, until.book.count)
          .map(({ n, createdMs, lines, marketplace, business, fulfilledByAmazon }) => [
            ...[n, createdMs, lines, marketplace.id, business, fulfilledByAmazon],
          ]),
  'what became of orders': (world, until) => {
    const settled = every(until, until.book.createdOn).filter(
      ({ status }) => status === 'SHIPPED' || status === 'CANCELLED',
    );
    return settled.map(({ n }) => {
      const { status, shippedMs, updatedMs } = world.book.at(n);
      return [n, status, shippedMs, updatedMs];
    });
  },
  ledger: (world, until) =>
    every(until, world.ledgerOn)
      .filter(({ ms = 0 }) => ms < until.calendar.endMs)
      .map(({ reconciled: _, unreconciled: __, ...row }) => row),
  transactions: (world, until) =>
    every(until, world.transactions.postedOn)
      .filter(({ postedMs }) => postedMs < until.calendar.endMs)
      .map(({ status: _, identifiers: __, ...one }) => one),
  reimbursements: (world, until) =>
    world.reimbursements.filter(({ ms }) => ms < until.calendar.endMs),
  storage: (world, until) =>
    until.storage
      .publishedBefore(until.calendar.endMs)
      .map((month) => [...world.storage.chargesOf(month)].map(({ cents }) => cents)),
};

/** Refunds and returns of orders that something goes wrong with do not agree, by what their causes say. */
const isApart = ({ id }: Transaction) => Buffer.from(id, 'base64url').includes(':refund:apart:');
const isOfCase = ({ referenceId }: LedgerRow) => referenceId.startsWith('75');

/** Units refunded by order, of all refunds. */
function refundsOf(transactions: readonly Transaction[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { type, identifiers, items } of transactions) {
    if (type !== 'Refund') continue;
    const orderId = identifiers.find(({ name }) => name === 'ORDER_ID')?.value ?? '';
    units.set(orderId, (units.get(orderId) ?? 0) + sumOf(items.map((item) => item.units)));
  }
  return sorted(units);
}

/** Units that came back by order, of the orders and, with the same sums, of the ledger. */
function returnsOf(world: World): Map<string, number> {
  const units = new Map<string, number>();
  for (const order of every(world, world.book.createdOn)) {
    if (order.returned) units.set(world.book.idOf(order), order.returned.units);
  }
  const rows = every(world, world.ledgerOn).filter(
    (row) => row.eventType === 'CustomerReturns' && !isOfCase(row),
  );
  expect(rows.map(({ quantity }) => quantity).sort()).toEqual([...units.values()].sort());
  return sorted(units);
}

function sorted(units: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...units].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All amounts in an event but those that say in other words what another amount says. */
function amountsIn(value: unknown): number {
  if (Array.isArray(value)) return sumOf(value.map(amountsIn));
  if (typeof value !== 'object' || value === null) return 0;
  const members = Object.entries(value).filter(([name]) => name !== 'AdjustmentItemList');
  return sumOf(
    members.map(([name, member]) =>
      name === 'CurrencyAmount' ? Number(member) : amountsIn(member),
    ),
  );
}
