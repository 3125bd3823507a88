import { describe, expect, it } from 'vitest';
import type { KnownWindow } from '../jobs/windows.js';
import { coverageOf } from './coverage-of.js';

const days = { from: '2026-01-01', to: '2026-04-01' };

/** Three months, newest first; each closed or open. */
function months(...closed: readonly boolean[]): KnownWindow[] {
  return closed.map((isClosed, nth) => ({
    nth,
    resource: 'ledger',
    route: 'any',
    basis: 'day',
    scope: '',
    calls: 3,
    expected: null,
    from: new Date(Date.UTC(2026, 2 - nth, 1)),
    to: new Date(Date.UTC(2026, 3 - nth, 1)),
    reportId: null,
    reportAsks: 0,
    closed: isClosed,
    received: 0,
  }));
}

describe('coverageOf', () => {
  it('given all closed, then complete over the days of the sync', () => {
    expect(coverageOf(months(true, true, true), { days })).toEqual({ state: 'complete', ...days });
  });

  it('given the newest closed, then partial from there to the end', () => {
    expect(coverageOf(months(true, true, false), { days, reason: 'why' })).toEqual({
      state: 'partial',
      from: '2026-02-01',
      to: '2026-04-01',
      reason: 'why',
    });
  });

  it('given a hole at the newest end, then missing: what lies behind it is not said to be covered', () => {
    expect(coverageOf(months(false, true, true), { days }).state).toBe('missing');
  });

  describe('given months that Amazon has not published', () => {
    /** Read, and found to be told of up to their beginning only. */
    const untold = (window: KnownWindow | undefined): KnownWindow[] =>
      window ? [{ ...window, to: window.from }] : [];

    it('then it is covered until the last that it has', () => {
      const [march, february, january] = months(true, true, true);
      const windows = [...untold(march), ...untold(february), ...(january ? [january] : [])];
      expect(coverageOf(windows, { days })).toEqual({
        state: 'complete',
        from: '2026-01-01',
        to: '2026-01-31',
      });
    });

    it('when a published one is still open behind them, then nothing is said to be covered', () => {
      const [march, february] = months(true, false);
      const windows = [...untold(march), ...(february ? [february] : [])];
      expect(coverageOf(windows, { days }).state).toBe('missing');
    });

    it('when there is none that is published, then it is missing', () => {
      const windows = months(true, true, true).flatMap(untold);
      expect(coverageOf(windows, { days })).toEqual({ state: 'missing', from: null, to: null });
    });
  });
});
