import { expect, it } from 'vitest';
import { retryMs } from './retry.js';

it.each([
  ['here', 1000, 3000],
  ['elsewhere', 1000, 15_000],
] as const)('given %s, then clients come back between %i and %i ms', (where, least, most) => {
  expect(retryMs(where, () => 0)).toBe(least);
  expect(retryMs(where, () => 1)).toBe(most);
});

it('given ten thousand clients of a process that stops, then no second sees more than a tenth of them', () => {
  const seconds = new Map<number, number>();
  for (let client = 0; client < 10_000; client += 1) {
    const second = Math.floor(retryMs('elsewhere') / 1000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  expect(Math.max(...seconds.values())).toBeLessThan(1000);
});
