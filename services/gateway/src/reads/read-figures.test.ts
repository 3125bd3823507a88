import { expect, it } from 'vitest';
import { firstDay } from './read-figures.js';

it.each([
  ['2026-11-21T00:00:00.000Z', 7, '2026-11-15'],
  ['2026-11-21T23:59:59.999Z', 7, '2026-11-15'],
  ['2026-03-01T12:00:00.000Z', 30, '2026-01-31'],
  ['2028-03-01T12:00:00.000Z', 2, '2028-02-29'],
])('given %s, then a window of %d days begins on %s', (now, days, first) => {
  expect(firstDay(new Date(now), days)).toBe(first);
});
