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
});
