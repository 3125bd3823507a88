import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedId, derivedName, newId, newName } from './ids.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{12}$/;

describe('newId', () => {
  it('is a UUIDv7 that carries its instant', () => {
    const now = Date.parse('2026-03-04T05:06:07.089Z');
    const id = newId(now);
    expect(UUID.exec(id)?.[1]).toBe('7');
    expect(['8', '9', 'a', 'b']).toContain(UUID.exec(id)?.[2]);
    expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now);
  });

  it('sorts as text by the time it was made', () => {
    const instant = fc.integer({ min: 0, max: 2 ** 48 - 2 });
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 1e9 }), (early, gap) => {
        expect(newId(early) < newId(Math.min(early + gap, 2 ** 48 - 1))).toBe(true);
      }),
    );
  });

  it('never repeats within one instant, also across refills of its random pool', () => {
    const ids = Array.from({ length: 2000 }, () => newId(1));
    expect(new Set(ids).size).toBe(2000);
  });
});

describe('derivedId', () => {
  it('is a UUIDv8, the same for the same parts', () => {
    const id = derivedId('event', 'claim.detected', '0');
    expect(UUID.exec(id)?.[1]).toBe('8');
    expect(derivedId('event', 'claim.detected', '0')).toBe(id);
  });

  it('differs when the parts differ, also where their concatenation does not', () => {
    expect(derivedId('ab', 'c')).not.toBe(derivedId('a', 'bc'));
    expect(derivedId('a', '')).not.toBe(derivedId('a'));
    expect(derivedId('1:a')).not.toBe(derivedId('a'));
    const parts = fc.array(fc.string(), { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const same = JSON.stringify(left) === JSON.stringify(right);
        expect(derivedId(...left) === derivedId(...right)).toBe(same);
      }),
    );
  });
});

describe('names', () => {
  it('derivedName is the prefix and 26 hexadecimal digits, the same for the same parts', () => {
    expect(derivedName('claim', 'tenant', 'row')).toMatch(/^claim_[0-9a-f]{26}$/);
    expect(derivedName('claim', 'tenant', 'row')).toBe(derivedName('claim', 'tenant', 'row'));
    expect(derivedName('claim', 'tenant', 'row')).not.toBe(derivedName('claim', 'tenantr', 'ow'));
  });

  it('newName is the prefix and a new id without its dashes', () => {
    expect(newName('sync')).toMatch(/^sync_[0-9a-f]{32}$/);
    expect(newName('sync')).not.toBe(newName('sync'));
  });
});
