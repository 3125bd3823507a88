import { beforeAll, describe, expect, test } from 'vitest';
import { calendarOf, DAY_MS, DAYS } from '../world/calendar.js';
import { sellerOf } from '../world/sellers.js';
import { makeWorld, type World } from '../world/world.js';
import { isOfStock, isStated } from './cause.js';

const AHEAD = 90;
const calendar = calendarOf('2026-03-10', AHEAD);
const at = (days: number) => calendar.anchorMs + days * DAY_MS;

let whole: World;
beforeAll(async () => {
  const seller = sellerOf('A2HARBORPINE01');
  whole = await makeWorld({ seller, seed: 1, orders: 2_500, calendar });
});

type Claim = World['truth']['claims'][number];
/** What is owed for what was sold, and for shipments and removals, has windows of its own. */
const ofStock = (claims: readonly Claim[]) => claims.filter(isOfStock);
const keyOf = ({ referenceIds, units }: Claim) => `${referenceIds.join()} ${units}`;
const ledgerOf = (world: World) =>
  Array.from({ length: DAYS + AHEAD }, (_, day) => world.ledgerOn(day)).flat();

describe('given causes in the days ahead', () => {
  test('then new claims come up in every fortnight, none before Amazon states it', () => {
    const known = new Set(ofStock(whole.asOf(calendar.anchorMs).truth.claims).map(keyOf));
    for (let day = 14; day <= 84; day += 14) {
      const { claims, asOf } = whole.asOf(at(day)).truth;
      const fresh = ofStock(claims).filter((claim) => !known.has(keyOf(claim)));
      expect(fresh.length, `new by day ${day}`).toBeGreaterThan(0);
      for (const claim of claims) {
        known.add(keyOf(claim));
        expect(claim.claimableFrom <= asOf).toBe(true);
      }
    }
  });

  test.each([0, 3.5, 17.2, 40, 63.9, 89])(
    'then what Amazon states as open after %d days is what is true, row by row',
    (days) => {
      const world = whole.asOf(at(days));
      const { claims, lapsed, lookAlikes } = world.truth;
      const owed = [...claims, ...lapsed]
        .filter(({ subtype }) => isStated(subtype))
        .flatMap(({ referenceIds, units }) => referenceIds.map((id) => `${id} ${units}`));
      const late = lookAlikes
        .filter(({ cause }) => cause.endsWith('past_window'))
        .flatMap(({ referenceIds }) => referenceIds);
      const open = ledgerOf(world)
        .filter((row) => (row.unreconciled ?? 0) > 0 && !late.includes(row.referenceId))
        .map((row) => `${row.referenceId} ${row.unreconciled}`);
      expect(open.sort()).toEqual(owed.sort());
    },
  );

  test('then a loss is in research first, and its units are told as such', () => {
    const underway = whole.truth.claims.find(({ cause }) => cause === 'misplaced_never_found');
    const lost = underway ? Date.parse(underway.lossDay) : 0;
    expect(lost).toBeGreaterThanOrEqual(calendar.anchorMs);
    const [during, after] = [whole.asOf(lost + DAY_MS / 2), whole.asOf(lost + 1.5 * DAY_MS)];
    const rowIn = (world: World) =>
      ledgerOf(world).find((row) => row.referenceId === underway?.referenceIds[0]);
    expect(rowIn(during)).toMatchObject({ reconciled: 0, unreconciled: 0 });
    expect(rowIn(after)).toMatchObject({ unreconciled: underway?.units });
    const researched = (world: World) =>
      world.inventory.find(({ product }) => product.fnsku === underway?.fnsku)?.researching;
    expect(researched(during)).toBe(underway?.units);
    expect(researched(after)).toBe(0);
  });

  test('then claims lapse when their window has closed, and never before', () => {
    const early = whole.asOf(calendar.anchorMs).truth;
    expect(ofStock(early.lapsed)).toEqual([]);
    const late = whole.asOf(at(61)).truth;
    expect(ofStock(late.lapsed).map(keyOf).sort()).toEqual(ofStock(early.claims).map(keyOf).sort());
    for (const { claimableUntil } of ofStock(late.claims)) {
      expect(Date.parse(claimableUntil)).toBeGreaterThanOrEqual(at(60));
    }
  });

  test('then a product with an open claim has no later case', () => {
    const ledger = ledgerOf(whole).filter(({ eventType }) => eventType === 'Adjustments');
    for (const { fnsku, claimableFrom } of ofStock([
      ...whole.truth.claims,
      ...whole.truth.lapsed,
    ])) {
      const own = ledger.filter((row) => row.product.fnsku === fnsku);
      const last = Math.max(...own.map(({ day }) => calendar.startMs + day * DAY_MS));
      expect(last).toBeLessThan(Date.parse(claimableFrom));
    }
  });
});
