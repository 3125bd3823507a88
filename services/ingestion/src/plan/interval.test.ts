import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, stillToFetch, subtract, type Interval } from './interval.js';

const day = (n: number, hours = 0): Date =>
  new Date(Date.UTC(2026, 0, 1) + n * DAY_MS + hours * 3_600_000);
const span = (from: number, to: number): Interval => ({ from: day(from), to: day(to) });

describe('subtract', () => {
  it('given nothing covered, then all of the range is left', () => {
    expect(subtract(span(0, 10), [])).toEqual([span(0, 10)]);
  });

  it('given overlapping covers out of order, then the holes between and around them are left', () => {
    const covered = [span(6, 8), span(1, 3), span(2, 4), span(-5, 0)];
    expect(subtract(span(0, 10), covered)).toEqual([span(0, 1), span(4, 6), span(8, 10)]);
  });

  it('given any covers, then every day is either covered or left, and none is both', () => {
    const pair = fc.tuple(fc.integer({ min: -3, max: 30 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const covered = pairs.map(([from, days]) => span(from, from + days));
        const left = subtract(span(0, 25), covered);
        const holds = (intervals: readonly Interval[], at: Date): boolean =>
          intervals.some(({ from, to }) => from <= at && at < to);
        for (let n = 0; n < 25; n += 1) expect(holds(left, day(n))).toBe(!holds(covered, day(n)));
      }),
    );
  });
});

describe('stillToFetch', () => {
  it('given a finished range, when looking back 3 days, then it begins at the midnight before', () => {
    const before = [{ from: day(0), to: day(20, 15) }];
    const range = { from: day(1), to: day(22, 9) };
    expect(stillToFetch(range, before, 3 * DAY_MS)).toEqual([{ from: day(17), to: day(22, 9) }]);
  });

  it('given a first sync that broke off, then its hole and the last days are left', () => {
    const before = [{ from: day(10), to: day(20, 15) }];
    expect(stillToFetch({ from: day(0), to: day(21) }, before, 3 * DAY_MS)).toEqual([
      span(0, 10),
      span(17, 21),
    ]);
  });
});
