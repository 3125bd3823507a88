import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examine, type Scene } from '../../test/look-at-product.js';
import {
  item,
  leaves,
  lookAt,
  parcel,
  receipt,
  removalOrder,
  shipment,
} from '../../test/shipment-story.js';
import { credit, damage, ledgerRow, payment } from '../../test/story.js';
import type { ProductFacts } from './facts.js';

const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-06-${String(n).padStart(2, '0')}`);
const units = fc.integer({ min: 1, max: 6 });

const row = fc
  .record({ day, units, reason: fc.constantFrom('M', 'F', '4', '3', 'N', 'out', 'in') })
  .map(({ reason, units: n, ...rest }) => {
    const quantity = ['M', '4', 'out'].includes(reason) ? -n : n;
    const isMove = reason === 'out' || reason === 'in';
    return isMove
      ? [ledgerRow({ ...rest, reason: '', eventType: 'WhseTransfers', quantity })]
      : [ledgerRow({ ...rest, reason, quantity })];
  });
const damaged = fc.record({ day, units }).map(({ day: on, units: n }) => damage(on, n));
const paid = fc
  .record({ day, units, reason: fc.constantFrom('Lost_Warehouse', 'Damaged_Warehouse') })
  .map((one) => payment(one));
const credited = fc
  .record({ day, units })
  .map(({ day: on, units: n }) => credit({ day: on, amount: (n * 12.5).toFixed(2) }));
const story = fc.record({
  ledger: fc.array(fc.oneof(row, damaged), { maxLength: 20 }).map((rows) => rows.flat()),
  reimbursements: fc.array(paid, { maxLength: 6 }),
  transactions: fc.array(credited, { maxLength: 6 }),
});

/** Shipments to Amazon, removals from it, and payments that name them. */
const widerStory = fc
  .record({
    story,
    sent: fc.array(fc.record({ shipped: units, received: units, day }), { maxLength: 3 }),
    removed: fc.array(fc.record({ requested: units, arrived: units, day }), { maxLength: 3 }),
  })
  .map(({ story: told, sent, removed }) => ({
    ...told,
    inboundShipments: sent.map((_, n) => shipment(`FBA${n}`)),
    inboundItems: sent.map((one, n) => item(`FBA${n}`, one)),
    removalOrders: removed.map((one, n) =>
      removalOrder(`R${n}`, { ...one, shipped: one.requested, done: one.day }),
    ),
    removalShipments: removed.map((one, n) =>
      parcel(`R${n}`, one.day, { units: Math.min(one.arrived, one.requested) }),
    ),
    ledger: [
      ...told.ledger,
      ...sent.map((one, n) => receipt(`FBA${n}`, one.day, one.received)),
      ...removed.map((one, n) => leaves(`R${n}`, one.day, one.requested)),
    ],
  }));
const anyPayment = fc
  .record({
    day,
    units,
    reason: fc.constantFrom(
      ...['Lost_Warehouse', 'Damaged_Warehouse', 'Lost_Inbound', 'RemovalOrderLost'],
    ),
    order: fc.option(fc.constantFrom('FBA0', 'R0'), { nil: undefined }),
  })
  .map(({ order, ...paid }) => payment({ ...paid, ...(order && { order }) }));

/** Claims about a payment itself: another payment may be wrong as well. */
const OF_PAYMENTS: ReadonlySet<string> = new Set([
  ...['missing_reimbursement', 'reimbursement_undervalued', 'reimbursement_reversed'],
]);

/** Units of stock that are, will be or would have been claimed. */
function stockOwed(facts: Partial<ProductFacts>): number {
  const { findings, tooEarly, pastWindow } = lookAt(facts, '2026-07-10');
  const found = [...findings, ...tooEarly].filter(({ subtype }) => !OF_PAYMENTS.has(subtype));
  const all = [...found.map(({ quantity }) => quantity), ...pastWindow.map((past) => past.units)];
  return all.reduce((sum, n) => sum + n, 0);
}

const at = (facts: Omit<Scene, 'today'>) => examine({ ...facts, today: '2026-08-20' });
/** Units claimed or past their window, without those of payments that never came. */
function owed(facts: Omit<Scene, 'today'>): number {
  const { findings, pastWindow } = at(facts);
  return [
    ...findings
      .filter(({ subtype }) => subtype !== 'missing_reimbursement')
      .map(({ quantity }) => quantity),
    ...pastWindow.map((past) => past.units),
  ].reduce((sum, n) => sum + n, 0);
}

describe('given any story of a product, and all its detectors', () => {
  it('then neither the order of the facts nor repeats of them change a finding', () => {
    fc.assert(
      fc.property(story, ({ ledger, reimbursements, transactions }) => {
        const again = {
          ledger: [...ledger, ...ledger].reverse(),
          reimbursements: [...reimbursements, ...reimbursements].reverse(),
          transactions: [...transactions, ...transactions].reverse(),
        };
        expect(at(again)).toEqual(at({ ledger, reimbursements, transactions }));
      }),
      { numRuns: 50 },
    );
  });

  it('then all that is claimed for stock is no more than what left it', () => {
    fc.assert(
      fc.property(story, (facts) => {
        const left = facts.ledger.reduce((sum, { data }) => sum - Math.min(0, data.quantity), 0);
        expect(owed({ ...facts, transactions: [], reimbursements: [] })).toBeLessThanOrEqual(left);
      }),
      { numRuns: 50 },
    );
  });

  it('then one more payment never raises the units of stock that are claimed, whichever detector claims them', () => {
    fc.assert(
      fc.property(widerStory, anyPayment, (facts, more) => {
        const after = { ...facts, reimbursements: [...facts.reimbursements, more] };
        expect(stockOwed(after)).toBeLessThanOrEqual(stockOwed(facts));
      }),
      { numRuns: 50 },
    );
  });

  it('then order and repeats change nothing where shipments and removals are told as well', () => {
    fc.assert(
      fc.property(widerStory, (facts) => {
        const again = Object.fromEntries(
          Object.entries(facts).map(([kind, rows]) => [kind, [...rows, ...rows].reverse()]),
        );
        expect(lookAt(again, '2026-07-10')).toEqual(lookAt(facts, '2026-07-10'));
      }),
      { numRuns: 50 },
    );
  });
});
