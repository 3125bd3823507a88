import { describe, expect, test } from 'vitest';
import { bucketsOf, stamp, type Granularity } from './metric-buckets.js';

const cut = (from: string, to: string, granularity: Granularity) =>
  bucketsOf(
    { from: Date.parse(from), to: Date.parse(to) },
    { granularity, zone: 'America/New_York', firstDayOfWeek: 'Monday' },
  ).map(
    (bucket) =>
      `${stamp(bucket.from, 'America/New_York')}--${stamp(bucket.to, 'America/New_York')}`,
  );

describe('given days on which the clocks change', () => {
  test('then the spring day has 23 hours and the autumn day 25', () => {
    expect(cut('2026-03-07T00:00:00-05:00', '2026-03-10T00:00:00-04:00', 'Day')).toEqual([
      '2026-03-07T00:00-05:00--2026-03-08T00:00-05:00',
      '2026-03-08T00:00-05:00--2026-03-09T00:00-04:00',
      '2026-03-09T00:00-04:00--2026-03-10T00:00-04:00',
    ]);
    expect(cut('2026-11-01T00:00:00-04:00', '2026-11-02T00:00:00-05:00', 'Hour')).toHaveLength(25);
  });
});

describe('given an interval that does not begin at a boundary', () => {
  test('then its first and last buckets are partial', () => {
    expect(cut('2026-01-14T05:00:00-05:00', '2026-01-27T00:00:00-05:00', 'Week')).toEqual([
      '2026-01-14T05:00-05:00--2026-01-19T00:00-05:00',
      '2026-01-19T00:00-05:00--2026-01-26T00:00-05:00',
      '2026-01-26T00:00-05:00--2026-01-27T00:00-05:00',
    ]);
  });
});
