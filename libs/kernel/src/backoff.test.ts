import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, sleep } from './backoff.js';

describe('backoffMs', () => {
  it('lies between half and all of base · 2^attempt, capped', () => {
    const options = fc.record({
      baseMs: fc.integer({ min: 1, max: 10_000 }),
      capMs: fc.integer({ min: 1, max: 100_000 }),
    });
    fc.assert(
      fc.property(fc.nat(2000), options, (attempt, { baseMs, capMs }) => {
        const ceiling = Math.min(capMs, baseMs * 2 ** attempt);
        const delay = backoffMs(attempt, { baseMs, capMs });
        expect(delay).toBeGreaterThanOrEqual(ceiling / 2);
        expect(delay).toBeLessThanOrEqual(ceiling);
      }),
    );
  });

  it('spreads callers that failed together', () => {
    const delays = Array.from({ length: 50 }, () => backoffMs(5, { baseMs: 100, capMs: 60_000 }));
    expect(new Set(delays).size).toBeGreaterThan(40);
  });
});

describe('sleep', () => {
  const HOUR = 3_600_000;

  it('given an aborted signal, then it does not wait and does not throw', async () => {
    await expect(sleep(HOUR, AbortSignal.abort())).resolves.toBeUndefined();
  });

  it('given a signal that aborts meanwhile, then it resolves and lets go of the signal', async () => {
    const stop = new AbortController();
    const sleeping = sleep(HOUR, stop.signal);
    stop.abort();
    await expect(sleeping).resolves.toBeUndefined();
  });

  it('given no signal, then it waits for its time', async () => {
    await expect(sleep(1)).resolves.toBeUndefined();
  });
});
