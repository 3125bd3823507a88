import { describe, expect, it } from 'vitest';
import { isWholeMonth, monthWindows } from './month-windows.js';

const at = (text: string) => new Date(`${text}T00:00:00Z`);
const told = (from: Date, to: Date) =>
  monthWindows({ from, to }).map((window) => [
    window.from.toISOString().slice(0, 10),
    window.to.toISOString().slice(0, 10),
  ]);

describe('windows of calendar months', () => {
  it('given a time that begins and ends within months, then the oldest is whole and the newest runs', () => {
    expect(told(at('2025-11-21'), at('2026-02-10'))).toEqual([
      ['2026-02-01', '2026-02-10'],
      ['2026-01-01', '2026-02-01'],
      ['2025-12-01', '2026-01-01'],
      ['2025-11-01', '2025-12-01'],
    ]);
  });

  it('given a time that ends with a month, then no further one is begun', () => {
    const windows = monthWindows({ from: at('2026-01-01'), to: at('2026-02-01') });
    expect(windows).toEqual([{ from: at('2026-01-01'), to: at('2026-02-01') }]);
    expect(windows.every(isWholeMonth)).toBe(true);
  });

  it('given the running month, then it is not whole', () => {
    expect(isWholeMonth({ from: at('2026-02-01'), to: at('2026-02-10') })).toBe(false);
    expect(isWholeMonth({ from: at('2026-02-01'), to: new Date('2026-03-01T00:00:01Z') })).toBe(
      false,
    );
  });
});
