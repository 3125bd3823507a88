import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadAmount, currencyDigits, fromMinor, sumByCurrency, times, toMinor } from './money.js';

const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD');
const minor = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe('minor units', () => {
  it('are what the currency has places for', () => {
    expect(['USD', 'JPY', 'KWD'].map(currencyDigits)).toEqual([2, 0, 3]);
    expect(toMinor({ amount: '12.34', currency: 'USD' })).toBe(1234n);
    expect(toMinor({ amount: '-0.5', currency: 'USD' })).toBe(-50n);
    expect(toMinor({ amount: '1234', currency: 'JPY' })).toBe(1234n);
    expect(toMinor({ amount: '1.005', currency: 'KWD' })).toBe(1005n);
  });

  it('come back as the same amount, whatever its size and sign', () => {
    fc.assert(
      fc.property(minor, currency, (units, code) => {
        expect(toMinor(fromMinor(units, code))).toBe(units);
      }),
    );
  });

  it('are exact where floats are not', () => {
    expect(
      fromMinor(toMinor({ amount: '9007199254740993.07', currency: 'USD' }), 'USD').amount,
    ).toBe('9007199254740993.07');
  });

  it.each([
    ['more places than the currency has', { amount: '1.005', currency: 'USD' }],
    ['places where there are none', { amount: '1.5', currency: 'JPY' }],
    ['an exponent', { amount: '1e3', currency: 'USD' }],
    ['a comma', { amount: '1,000.00', currency: 'USD' }],
    ['nothing', { amount: '', currency: 'USD' }],
    ['no number', { amount: 'NaN', currency: 'USD' }],
    ['no currency code', { amount: '1.00', currency: 'dollars' }],
  ])('refuse %s', (_, money) => {
    expect(() => toMinor(money)).toThrow(BadAmount);
  });

  it('accept further places that say nothing', () => {
    expect(toMinor({ amount: '1.5000', currency: 'USD' })).toBe(150n);
    expect(toMinor({ amount: '20.00', currency: 'JPY' })).toBe(20n);
  });
});

describe('arithmetic', () => {
  it('times equals adding that often', () => {
    fc.assert(
      fc.property(minor, currency, fc.integer({ min: 1, max: 20 }), (units, code, count) => {
        const money = fromMinor(units, code);
        const added = sumByCurrency(Array.from({ length: count }, () => money));
        expect([times(money, count)]).toEqual(added);
      }),
    );
  });

  it('sumByCurrency keeps currencies apart and loses nothing, in any order', () => {
    const money = fc.tuple(minor, currency).map(([units, code]) => fromMinor(units, code));
    fc.assert(
      fc.property(fc.array(money, { maxLength: 30 }), (amounts) => {
        const sums = sumByCurrency(amounts);
        expect(new Set(sums.map((sum) => sum.currency)).size).toBe(sums.length);
        for (const sum of sums) {
          const own = amounts.filter((entry) => entry.currency === sum.currency);
          expect(toMinor(sum)).toBe(own.reduce((total, entry) => total + toMinor(entry), 0n));
        }
        const byName = (list: typeof sums) =>
          [...list].sort((a, b) => a.currency.localeCompare(b.currency));
        expect(byName(sumByCurrency([...amounts].reverse()))).toEqual(byName(sums));
      }),
    );
  });

  it('of nothing is nothing, not a zero of some currency', () => {
    expect(sumByCurrency([])).toEqual([]);
  });
});
