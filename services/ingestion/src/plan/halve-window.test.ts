import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halveWindow } from './halve-window.js';

const at = (text: string): Date => new Date(text);

describe('halveWindow', () => {
  it('given a month, then it is cut at the midnight nearest its middle, the newer half first', () => {
    const month = { from: at('2026-01-01T00:00:00Z'), to: at('2026-01-31T10:00:00Z') };
    const cut = at('2026-01-16T00:00:00Z');
    expect(halveWindow({ ...month, basis: 'day' })).toEqual([
      { from: cut, to: month.to },
      { from: month.from, to: cut },
    ]);
  });

  it('given a single day, then only what has instants is cut within it', () => {
    const day = { from: at('2026-01-01T00:00:00Z'), to: at('2026-01-02T00:00:00Z') };
    expect(halveWindow({ ...day, basis: 'day' })).toBeNull();
    expect(halveWindow({ ...day, basis: 'posted' })?.[0]?.from).toEqual(at('2026-01-01T12:00:00Z'));
  });

  it('given a snapshot or a second, then it cannot be cut', () => {
    const second = { from: at('2026-01-01T00:00:00Z'), to: at('2026-01-01T00:00:01Z') };
    expect(halveWindow({ ...second, basis: 'posted' })).toBeNull();
    expect(halveWindow({ from: second.from, to: second.from, basis: 'snapshot' })).toBeNull();
  });

  it('given any window, then halves of halves end, and together are the window', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 4e10 }), fc.integer({ min: 1, max: 3e8 }));
    fc.assert(
      fc.property(span, ([start, length]) => {
        const window = { from: new Date(start), to: new Date(start + length) };
        const halves = halveWindow({ ...window, basis: 'posted' });
        if (!halves) {
          expect(length).toBeLessThanOrEqual(2000);
          return;
        }
        const [newer, older] = halves;
        expect(newer?.to).toEqual(window.to);
        expect(older?.from).toEqual(window.from);
        expect(newer?.from).toEqual(older?.to);
        for (const half of halves) expect(half.to > half.from).toBe(true);
      }),
    );
  });
});
