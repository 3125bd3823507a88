import { describe, expect, test } from 'vitest';
import { between, randomFrom } from '../random.js';
import { fulfilmentCents, sizeTierOf } from './fulfilment-fee.js';
import { measureOf, volumeOf, type Measure } from './measure.js';
import { REFERRAL_RATES, SIZE_TIERS } from './rate-card.js';
import { referralCents } from './referral-fee.js';
import { agedCents, storageCents, storageRate } from './storage-fee.js';

const random = randomFrom(7);
const draw = (): Measure =>
  measureOf(
    [between(random, 40, 7_000), between(random, 20, 3_600), between(random, 10, 3_600)],
    between(random, 5, 6_500),
  );
const DAYS = ['2025-06-30', '2025-10-14', '2025-10-15', '2026-01-14', '2026-01-15', '2026-12-31'];
const sample = Array.from({ length: 2_000 }, draw);

describe('given products of all sizes', () => {
  test('when a product grows in any side or in weight, then no fee falls', () => {
    for (const measure of sample) {
      const more = between(random, 1, 900);
      const { longest, median, shortest, weight } = measure;
      const larger = [
        measureOf([longest + more, median, shortest], weight),
        measureOf([longest, median + more, shortest], weight),
        measureOf([longest, median, shortest + more], weight),
        measureOf([longest, median, shortest], weight + more),
      ];
      for (const other of larger) {
        expect(volumeOf(other)).toBeGreaterThanOrEqual(volumeOf(measure));
        for (const day of DAYS) {
          const fee = fulfilmentCents(measure, 'US', day);
          expect(fulfilmentCents(other, 'US', day)).toBeGreaterThanOrEqual(fee);
        }
      }
    }
  });

  test('then every tier is reached and fees are above zero', () => {
    expect(new Set(sample.map((one) => sizeTierOf(one).name)).size).toBe(SIZE_TIERS.length - 1);
    expect(sizeTierOf(measureOf([900, 600, 50], 40)).name).toBe('Small standard-size');
    for (const measure of sample)
      expect(fulfilmentCents(measure, 'CA', '2025-03-01')).toBeGreaterThan(0);
  });
});

describe('given one product over the year', () => {
  const kettle = measureOf([1_000, 800, 700], 260);

  test('then it is dearer in the peak season, from its first day to its last', () => {
    const on = (day: string) => fulfilmentCents(kettle, 'US', day);
    expect(on('2025-10-15')).toBeGreaterThan(on('2025-10-14'));
    expect(on('2026-01-14')).toBe(on('2025-10-15'));
    expect(on('2026-01-15')).toBeLessThan(on('2026-01-14'));
  });

  test('then the yearly change applies from its day on', () => {
    const on = (day: string) => fulfilmentCents(kettle, 'US', day);
    expect(on('2026-01-15')).toBeGreaterThan(on('2025-10-14'));
    expect(on('2026-09-01')).toBe(on('2026-01-15'));
  });

  test('then storage costs by volume, average stock and season', () => {
    const volume = volumeOf(kettle); // 560 cubic inches
    expect(volume).toBe(3_241);
    const march = storageRate(kettle, '2026-03');
    expect(storageRate(kettle, '2026-11')).toBeGreaterThan(march);
    expect(storageCents({ averageUnits: 4_000, volume, rate: march })).toBe(1_011); // 40 × 0.3241 × 0.78
    expect(agedCents(10, volume, 180)).toBe(0);
    expect(agedCents(10, volume, 300)).toBeGreaterThan(agedCents(10, volume, 200));
  });

  test('then the referral fee follows the price and has a least amount', () => {
    expect(referralCents('Kitchen', 1_999)).toBe(300);
    expect(referralCents('Kitchen', 100)).toBe(30);
    for (const group of Object.keys(REFERRAL_RATES)) {
      expect(referralCents(group, 2_000)).toBeGreaterThanOrEqual(referralCents(group, 1_000));
    }
  });
});
