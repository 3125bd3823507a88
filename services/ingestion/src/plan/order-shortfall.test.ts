import { describe, expect, it } from 'vitest';
import { missingOrders, shortfallOf, type CountedWindow } from './order-shortfall.js';

const asOf = new Date('2026-03-10T07:55:00Z');
const window = (rest: Partial<CountedWindow>): CountedWindow => ({
  basis: 'created',
  from: new Date('2026-03-01T00:00:00Z'),
  to: new Date('2026-03-08T00:00:00Z'),
  expected: 100,
  received: 100,
  ...rest,
});

describe('missingOrders', () => {
  it('given fewer than Amazon counts, then the difference; given more, then none', () => {
    expect(missingOrders(window({ received: 88 }), asOf)).toBe(12);
    expect(missingOrders(window({ received: 103 }), asOf)).toBe(0);
  });

  it('given nobody counted what the window holds, then nothing is missed', () => {
    expect(missingOrders(window({ expected: null, received: 0 }), asOf)).toBe(0);
    expect(missingOrders(window({ basis: 'updated', received: 0 }), asOf)).toBe(0);
  });

  it('given a window that ends within a day, then it is compared only where the count ended there too', () => {
    const noon = new Date('2026-03-07T12:00:00Z');
    expect(missingOrders(window({ to: noon, received: 0 }), asOf)).toBe(0);
    expect(missingOrders(window({ to: asOf, received: 90 }), asOf)).toBe(10);
  });
});

describe('shortfallOf', () => {
  const many = (received: number): CountedWindow[] => [
    window({ expected: 2400, received: 2400 }),
    window({ expected: 100, received }),
  ];

  it('given 12 of 2,500 are missing, then it is said', () => {
    expect(shortfallOf(many(88), asOf)).toEqual({ missing: 12, counted: 2500 });
  });

  it('given windows by change besides, then they hide nothing: they are not counted', () => {
    const byChange = window({ basis: 'updated', expected: 10_000 });
    expect(shortfallOf([...many(88), byChange], asOf)).toEqual({ missing: 12, counted: 2500 });
  });

  it('given no more than two systems may differ by, then not', () => {
    expect(shortfallOf(many(95), asOf)).toBeNull();
    expect(shortfallOf([], asOf)).toBeNull();
  });
});
