import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examine, type Scene } from '../../test/look-at-product.js';
import { credit, damage, ledgerRow, payment } from '../../test/story.js';

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
});
