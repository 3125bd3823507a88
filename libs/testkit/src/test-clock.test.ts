import { expect, it } from 'vitest';
import { testClock } from './test-clock.js';

it('given a test clock, when nobody moves it, then it stands; when moved, it shows the new instant', () => {
  const clock = testClock('2026-03-01T00:00:00Z');
  expect(clock.now().toISOString()).toBe('2026-03-01T00:00:00.000Z');
  clock.advance(90_000);
  expect(clock.now().toISOString()).toBe('2026-03-01T00:01:30.000Z');
  clock.set('2027-01-01T00:00:00Z');
  expect(clock.now().getUTCFullYear()).toBe(2027);
});

it('given an instant that was read, when its reader changes it, then the clock does not move', () => {
  const clock = testClock('2026-03-01T00:00:00Z');
  clock.now().setUTCFullYear(1999);
  expect(clock.now().getUTCFullYear()).toBe(2026);
});
