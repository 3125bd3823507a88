import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, dayOf } from './interval.js';
import { packOrders } from './pack-orders.js';

const START = Date.UTC(2026, 0, 1);
const at = (n: number): Date => new Date(START + n * DAY_MS);
const counted = (counts: readonly number[]): Map<string, number> =>
  new Map(counts.map((count, n) => [dayOf(at(n)), count]));
const year = (orders: (n: number) => number): number[] =>
  Array.from({ length: 365 }, (_, n) => orders(n));
const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);

function callsFor(counts: readonly number[]): number {
  const windows = packOrders({ from: at(0), to: at(counts.length) }, counted(counts), 100);
  return sum(windows.map(({ calls }) => calls));
}

describe('packOrders', () => {
  it('given days of 48 orders, when a page holds 100, then windows hold two days, newest first', () => {
    const windows = packOrders({ from: at(0), to: at(5) }, counted([48, 48, 48, 48, 48]), 100);
    expect(windows).toEqual([
      { from: at(3), to: at(5), calls: 1, expected: 96 },
      { from: at(1), to: at(3), calls: 1, expected: 96 },
      { from: at(0), to: at(1), calls: 1, expected: 48 },
    ]);
  });

  it('given a year of seven orders a day, then every window is one page', () => {
    const windows = packOrders({ from: at(0), to: at(365) }, counted(year(() => 7)), 100);
    expect(new Set(windows.map(({ calls }) => calls))).toEqual(new Set([1]));
    expect(windows.length).toBeLessThanOrEqual(27);
  });

  it.each([51, 60, 82, 140, 260])(
    'given %i orders a day, then the calls are at most a tenth more than full pages would be',
    (orders) => {
      expect(callsFor(year(() => orders))).toBeLessThanOrEqual(Math.ceil(1.1 * 3.65 * orders));
    },
  );

  it('given a year without orders, then one call is enough', () => {
    expect(callsFor(year(() => 0))).toBe(1);
  });

  it('given any counts, then windows touch without overlap, are counted right, and several days are few pages', () => {
    const cases = fc.tuple(
      fc.array(fc.integer({ min: 0, max: 1200 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: DAY_MS }),
    );
    fc.assert(
      fc.property(cases, ([counts, lastDayMs]) => {
        const gap = { from: at(0), to: new Date(at(counts.length - 1).getTime() + lastDayMs) };
        const windows = packOrders(gap, counted(counts), 100);
        expect(windows[0]?.to).toEqual(gap.to);
        expect(windows.at(-1)?.from).toEqual(gap.from);
        windows.forEach(({ from, to, calls }, n) => {
          if (n > 0) expect(to).toEqual(windows[n - 1]?.from);
          const days = counts.filter((_, day) => at(day) >= from && at(day) < to);
          expect(calls).toBe(Math.max(1, Math.ceil(sum(days) / 100)));
          // Older days join a big one only where they fit into the pages it needs anyway.
          const newestDay = Math.ceil((days.at(-1) ?? 0) / 100);
          expect(calls).toBeLessThanOrEqual(Math.max(8, newestDay));
        });
      }),
    );
  });
});
