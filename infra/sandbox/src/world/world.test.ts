import { beforeAll, describe, expect, test } from 'vitest';
import { isOfStock, isStated } from '../causes/cause.js';
import {
  APART_CLAIMS,
  APART_LOOK_ALIKES,
  CLAIM_CAUSES,
  CLOSED_LOOK_ALIKES,
  OPEN_LOOK_ALIKES,
  PAIR_LOOK_ALIKES,
} from '../causes/registry.js';
import { SHIPMENT_CAUSES } from '../causes/shipments/plant-shipments.js';
import { calendarOf, DAYS } from './calendar.js';
import type { LedgerRow } from './ledger-row.js';
import { sellerOf } from './sellers.js';
import { makeWorld, type World } from './world.js';

const calendar = calendarOf('2026-03-10');
const make = (seller: string, orders: number, seed = 1) =>
  makeWorld({ seller: sellerOf(seller), seed, orders, calendar });
const daysOf = <T>(read: (day: number) => readonly T[]): T[] =>
  Array.from({ length: DAYS }, (_, day) => read(day)).flat();

const ofStock = ({ truth }: World) => truth.claims.filter(isOfStock);

describe.each([
  ['the default size', 'A2HARBORPINE01', 2_500],
  ['a second marketplace', 'A3MAPLETRAIL02', 2_500],
  ['no order at all', 'A1BRIGHTHOME03', 0],
  ['a seller nobody has heard of, with more orders', 'A9ZZZZZZZZZZ', 9_000],
])('given a world of %s', (_, sellerId, orders) => {
  let world: World;
  let ledger: LedgerRow[];

  beforeAll(async () => {
    world = await make(sellerId, orders);
    ledger = daysOf(world.ledgerOn);
  });

  test('then no shelf and no pool is ever short of a unit', () => {
    const stock = new Map<string, number>();
    for (let day = 0; day < DAYS; day += 1) {
      for (const row of world.ledgerOn(day)) {
        const key = `${row.product.fnsku} ${row.center} ${row.disposition}`;
        stock.set(key, (stock.get(key) ?? 0) + row.quantity);
      }
      expect([...stock].filter(([, units]) => units < 0)).toEqual([]);
    }
  });

  test('then the inventory is the sum of the ledger', () => {
    const sums = new Map<string, number>();
    for (const { product, disposition, quantity } of ledger) {
      const key = `${product.fnsku} ${disposition === 'SELLABLE'}`;
      sums.set(key, (sums.get(key) ?? 0) + quantity);
    }
    for (const item of world.inventory) {
      const { fnsku } = item.product;
      const unsellable = item.customerDamaged + item.warehouseDamaged + item.distributorDamaged;
      const rest = item.carrierDamaged + item.defective + item.expired;
      expect(item.fulfillable).toBeGreaterThanOrEqual(0);
      expect(item.fulfillable + item.customerOrders).toBe(sums.get(`${fnsku} true`) ?? 0);
      expect(unsellable + rest).toBe(sums.get(`${fnsku} false`) ?? 0);
    }
  });

  test('then what Amazon states as open is what the causes say, row by row', () => {
    const owed = world.truth.claims
      .filter(({ subtype }) => isStated(subtype))
      .flatMap((claim) => claim.referenceIds.map((id) => [id, claim.units]));
    const late = world.truth.lookAlikes
      .filter(({ cause }) => cause.endsWith('past_window'))
      .flatMap(({ referenceIds }) => referenceIds);
    const open = ledger
      .filter((row) => (row.unreconciled ?? 0) > 0 && !late.includes(row.referenceId))
      .map((row) => [row.referenceId, row.unreconciled]);
    expect(open.sort()).toEqual(owed.sort());
  });

  test('then every adjustment is settled, open or in research, and reference ids name one row', () => {
    const inResearch = world.truth.lookAlikes
      .filter(({ cause }) => ['loss_in_research', 'loss_just_reported'].includes(cause))
      .flatMap(({ referenceIds }) => referenceIds);
    const adjustments = ledger.filter(({ eventType }) => eventType === 'Adjustments');
    for (const row of adjustments) {
      const stated = (row.reconciled ?? 0) + (row.unreconciled ?? 0);
      expect(stated).toBe(inResearch.includes(row.referenceId) ? 0 : Math.abs(row.quantity));
    }
    expect(new Set(adjustments.map((row) => row.referenceId)).size).toBe(adjustments.length);
  });

  test('then the counts it states are those of its rows', () => {
    const { counts } = world.truth;
    expect(daysOf(world.book.createdOn)).toHaveLength(orders);
    expect(daysOf(world.book.updatedOn)).toHaveLength(orders);
    expect(ledger).toHaveLength(counts.ledgerRows);
    expect(world.reimbursements).toHaveLength(counts.reimbursementRows);
    const transactions = daysOf(world.transactions.postedOn);
    expect(transactions).toHaveLength(counts.transactions);
    expect(new Set(transactions.map(({ id }) => id)).size).toBe(transactions.length);
  });

  test('then every transaction adds up, at every depth', () => {
    interface Part {
      readonly cents: number;
      readonly parts: readonly Part[];
    }
    const check = ({ cents, parts }: Part): void => {
      if (parts.length > 0) expect(parts.reduce((sum, part) => sum + part.cents, 0)).toBe(cents);
      parts.forEach(check);
    };
    for (const { cents, breakdowns, items } of daysOf(world.transactions.postedOn)) {
      check({ cents, parts: breakdowns });
      if (items.length > 0) expect(items.reduce((sum, item) => sum + item.cents, 0)).toBe(cents);
      for (const item of items) check({ cents: item.cents, parts: item.breakdowns ?? [] });
    }
  });

  test('then a value is known exactly where Amazon paid the full cost twice before', () => {
    for (const claim of ofStock(world).filter(({ subtype }) => isStated(subtype))) {
      const lossMs = Date.parse(claim.lossDay);
      const before = world.reimbursements.filter(
        (row) =>
          row.product.fnsku === claim.fnsku &&
          row.perUnitCents === row.product.costCents &&
          row.cash > 0 &&
          row.ms < lossMs,
      );
      const all = world.reimbursements.filter(
        (row) => row.product.fnsku === claim.fnsku && row.cash > 0,
      );
      if (claim.unitValue) expect(before.length).toBeGreaterThanOrEqual(2);
      else expect(all.length).toBeLessThanOrEqual(1);
    }
  });

  test('then every cause is there', () => {
    const { claims, bySellersWord, lookAlikes } = world.truth;
    const planted = [...claims, ...bySellersWord.claims, ...lookAlikes]
      .filter(({ orderId }) => orderId === undefined)
      .map(({ cause }) => cause);
    const all = [
      ...[...CLAIM_CAUSES, ...CLOSED_LOOK_ALIKES, ...OPEN_LOOK_ALIKES, ...PAIR_LOOK_ALIKES],
      ...[...APART_CLAIMS, ...APART_LOOK_ALIKES, ...SHIPMENT_CAUSES],
    ];
    expect(new Set(planted)).toEqual(new Set([...all.map(({ name }) => name), 'slow_transfer']));
  });

  test('then claimable losses lie inside the window, clear of its edges', () => {
    for (const { lossDay } of ofStock(world)) {
      const age = (Date.parse(calendar.anchorDay) - Date.parse(lossDay)) / 86_400_000;
      expect(age).toBeGreaterThanOrEqual(3);
      expect(age).toBeLessThanOrEqual(55);
    }
  });
});

describe('given the default world', () => {
  test('then it has about 40 claimable cases, 150 look-alikes and every cause', async () => {
    const { truth } = await make('A2HARBORPINE01', 2_500);
    expect(truth.claims.length).toBeGreaterThanOrEqual(40);
    expect(truth.lookAlikes.length).toBeGreaterThanOrEqual(150);
    const stock = truth.claims.filter(isOfStock);
    const known = stock.filter(({ unitValue }) => unitValue !== null).length;
    expect(known / stock.length).toBeGreaterThan(0.5);
    expect(known / stock.length).toBeLessThan(0.8);
    expect(truth.claims.find(({ cause }) => cause === 'worked_example')).toMatchObject({
      subtype: 'lost_warehouse',
      units: 11,
    });
  });

  test('when made twice, then both are the same; when of another seed, then not', async () => {
    const read = async (seed: number) => {
      const world = await make('A2HARBORPINE01', 600, seed);
      return JSON.stringify([
        world.truth,
        world.inventory,
        daysOf(world.ledgerOn),
        daysOf(world.transactions.postedOn),
        daysOf(world.book.createdOn),
      ]);
    };
    expect(await read(1)).toBe(await read(1));
    expect(await read(1)).not.toBe(await read(2));
  });

  test('when an order is looked up by its number, then it is that order', async () => {
    const { book } = await make('A2HARBORPINE01', 2_500);
    for (const order of book.createdOn(100)) expect(book.find(book.idOf(order))).toEqual(order);
    expect(book.find('114-0000000-0000001')).toBeUndefined();
    expect(book.find('nonsense')).toBeUndefined();
  });
});
