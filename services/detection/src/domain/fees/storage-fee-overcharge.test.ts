import { describe, expect, it } from 'vitest';
import { findIn, MEASURE, stored } from '../../../test/fee-story.js';

/** Twice the volume that the sides make, and charged for it. */
const double = { itemVolume: '0.8334', fee: '65.00' };
const found = (storage: readonly ReturnType<typeof stored>[], today = '2026-08-20') =>
  findIn({ today, storage });

describe('given a month of storage of more volume than the sides make', () => {
  it('then what is beyond that of the sides is a claim', () => {
    const [claim, ...others] = found([stored('2026-06', double), stored('2026-07')]);
    expect(others).toEqual([]);
    expect(claim).toMatchObject({
      subtype: 'storage_fee_overcharge',
      subject: { fnsku: 'X001', sku: 'SKU-1' },
      lossDay: '2026-07-07',
      deadline: '2026-10-05',
      quantity: 1,
      value: { basis: 'difference', total: { amount: '32.50', currency: 'USD' } },
    });
    expect(claim?.tier).not.toBe('auto');
  });

  it('then the next month belongs to the same claim, and one after a right month does not', () => {
    const june = stored('2026-06', double);
    const july = stored('2026-07', double);
    const both = found([july, june], '2026-10-20');
    expect(both.map(({ quantity }) => quantity)).toEqual([1]);
    expect(both[0]?.claimId).toBe(found([june])[0]?.claimId);
    expect(found([june, july])[0]).toMatchObject({ quantity: 2, lossDay: '2026-07-07' });
    const later = found([june, stored('2026-07'), stored('2026-08', double)], '2026-09-20');
    expect(new Set(later.map(({ claimId }) => claimId)).size).toBe(2);
  });

  it.each([
    ['2026-10-05', 1],
    ['2026-10-06', 0],
  ])('when it is %s, then %d of it can be claimed', (today, count) => {
    expect(found([stored('2026-06', double)], today)).toHaveLength(count);
  });

  it('then places are added up, and repeats are not', () => {
    const phoenix = stored('2026-06', double);
    const reno = stored('2026-06', { ...double, fulfillmentCenter: 'RNO4' });
    const [claim] = found([phoenix, reno, phoenix]);
    expect(claim).toMatchObject({ quantity: 2, value: { total: { amount: '65.00' } } });
  });
});

describe('given storage that only looks too dear', () => {
  it.each([
    [
      'more lay there on average than was counted',
      { averageQuantityOnHand: '200.00', fee: '65.00' },
    ],
    ['the season is dear', { baseRate: '2.40', fee: '100.01' }],
    [
      'it is of dangerous goods',
      { dangerousGoodsType: 'Flammable', baseRate: '0.99', fee: '41.25' },
    ],
    ['a surcharge for utilisation is in it', { ...double, utilizationSurchargeRate: '0.44' }],
    ['a discount is in it', { ...double, incentive: '-3.00' }],
    ['something else is in it', { ...double, fee: '70.00' }],
    ['its sides are not known', { ...double, measure: { ...MEASURE, longestSide: null } }],
    ['it is measured in units that are not known', { ...double, volumeUnit: 'litres' }],
    ['the package is a little larger', { itemVolume: '0.4300', fee: '33.54' }],
    ['its average is not known', { ...double, averageQuantityOnHand: null }],
  ])('then nothing is claimed where %s', (_, more) => {
    expect(found([stored('2026-06', more)])).toEqual([]);
  });
});
