import { addDays } from '@recoup/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookAt, removalOrder, told, type Ordered } from '../../../test/shipment-story.js';
import { ledgerRow, type Row } from '../../../test/story.js';
import { disposalsIn } from './disposals.js';

const GONE = '2026-09-01';
const TODAY = '2026-10-10';
const disposed = (more: Partial<Row> = {}) =>
  ledgerRow({ day: GONE, reason: 'D', quantity: -4, reference: 'adj-1', ...more });
const ordered = (more: Partial<Ordered> = {}, id = 'DSP1') =>
  removalOrder(id, { type: 'Disposal', requested: 4, disposed: 4, ...more });

describe('given sellable units that were disposed of', () => {
  it('then without an order a person may claim them', () => {
    const [finding] = lookAt({ ledger: [disposed()] }, TODAY).findings;
    expect(finding).toMatchObject({
      claimType: 'lost_inventory',
      subtype: 'disposed_unauthorised',
      quantity: 4,
      lossDay: GONE,
      policy: { name: 'disposed-2024' },
      allocation: [{ kind: 'disposed', quantity: 4, reference: 'adj-1' }],
    });
    expect(finding?.tier).not.toBe('auto');
  });

  it('then until the sixtieth day', () => {
    const at = (age: number) => told(lookAt({ ledger: [disposed()] }, addDays(GONE, age)));
    expect([29, 30, 59, 60, 61].map((age) => at(age).length)).toEqual([0, 1, 1, 1, 0]);
  });

  it('then an order covers what it asked for, even one that is still in process', () => {
    const left = (more: Partial<Ordered>) =>
      told(lookAt({ ledger: [disposed()], removalOrders: [ordered(more)] }, TODAY));
    expect(left({})).toEqual([]);
    expect(left({ disposed: 0, inProcess: 4, status: 'Pending' })).toEqual([]);
    expect(left({ requested: 3 })).toEqual([['disposed_unauthorised', 1]]);
    expect(left({ requested: 4, cancelled: 3 })).toEqual([['disposed_unauthorised', 3]]);
    expect(left({ disposition: 'Unsellable' })).toEqual([]);
    expect(left({ type: 'Return' })).toEqual([['disposed_unauthorised', 4]]);
    expect(left({ day: '2026-09-02' })).toEqual([['disposed_unauthorised', 4]]);
  });

  it('then an order that its unsellable units used up covers no sellable ones', () => {
    const unsellable = disposed({ disposition: 'CUSTOMER_DAMAGED' });
    const removalOrders = [ordered({ disposition: 'Unsellable' })];
    expect(told(lookAt({ ledger: [unsellable, disposed()], removalOrders }, TODAY))).toEqual([
      ['disposed_unauthorised', 4],
    ]);
  });

  it.each(['WAREHOUSE_DAMAGED', 'CUSTOMER_DAMAGED', 'EXPIRED', 'DEFECTIVE'])(
    'then %s stock is disposed of by the setting that is the default',
    (disposition) => {
      expect(told(lookAt({ ledger: [disposed({ disposition })] }, TODAY))).toEqual([]);
    },
  );

  it('then a donation is none', () => {
    expect(told(lookAt({ ledger: [disposed({ reason: 'G' })] }, TODAY))).toEqual([]);
  });

  it('then without the orders nothing is said', () => {
    const without = ['removalOrders'] as const;
    expect(told(lookAt({ ledger: [disposed()] }, TODAY, { without }))).toEqual([]);
  });
});

it('given any disposals and orders, then no unit is used twice, and one more order raises nothing', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-09-${String(n).padStart(2, '0')}`);
  const units = fc.integer({ min: 1, max: 9 });
  const row = fc
    .record({ day, units, disposition: fc.constantFrom('SELLABLE', 'CUSTOMER_DAMAGED') })
    .map(({ units: n, ...rest }) => disposed({ ...rest, quantity: -n }));
  const order = fc
    .record({ day, requested: units, disposition: fc.constantFrom('Sellable', 'Unsellable') })
    .chain((one) => fc.uuid().map((id) => ordered(one, id)));
  const left = (all: ReturnType<typeof disposalsIn>) =>
    new Map(all.map((one) => [one.row.key, one.left]));
  fc.assert(
    fc.property(fc.array(row), fc.array(order), order, (ledger, removalOrders, more) => {
      const all = disposalsIn({ ledger, removalOrders }, 'us');
      for (const one of all) {
        const used = one.ordered.reduce((sum, each) => sum + each.units, 0);
        expect(used + one.left).toBe(one.units);
      }
      const used = all.flatMap((one) => one.ordered);
      for (const { key, data } of removalOrders) {
        const of = used.filter(({ order: each }) => each.key === key);
        expect(of.reduce((sum, each) => sum + each.units, 0)).toBeLessThanOrEqual(
          data.requestedQuantity,
        );
      }
      const total = (map: ReadonlyMap<string, number>) =>
        [...map.values()].reduce((sum, one) => sum + one, 0);
      const after = disposalsIn({ ledger, removalOrders: [...removalOrders, more] }, 'us');
      expect(total(left(after))).toBeLessThanOrEqual(total(left(all)));
    }),
  );
});
