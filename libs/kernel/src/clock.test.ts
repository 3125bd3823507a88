import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayIn, daysBetween } from './clock.js';

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('calendar days', () => {
  it('cross months, years and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(daysBetween('2026-01-01', '2027-01-01')).toBe(365);
    expect(daysBetween('2026-03-02', '2026-03-01')).toBe(-1);
  });

  it('daysBetween undoes addDays', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -4000, max: 4000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
      }),
    );
  });
});

describe('dayIn', () => {
  it('is the calendar day of the place, not of UTC', () => {
    const instant = new Date('2026-07-01T03:00:00Z');
    expect(dayIn('UTC', instant)).toBe('2026-07-01');
    expect(dayIn('America/Los_Angeles', instant)).toBe('2026-06-30');
    expect(dayIn('Asia/Tokyo', new Date('2026-12-31T20:00:00Z'))).toBe('2027-01-01');
  });
});
