import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { damage, ledgerRow, payment } from '../../../test/story.js';
import type { AllocatedLoss } from './allocated-loss.js';
import { allocate, type WarehouseFacts } from './allocation.js';
import type { LedgerRow, Payment } from '../facts.js';

const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-09-${String(n).padStart(2, '0')}`);
const units = fc.integer({ min: 1, max: 9 });
const centre = fc.constantFrom('PHX7', 'ONT8', 'ABE2');
const disposition = fc.constantFrom('SELLABLE', 'WAREHOUSE_DAMAGED', 'CUSTOMER_DAMAGED');

const anyRow: fc.Arbitrary<LedgerRow[]> = fc
  .record({
    reason: fc.constantFrom(
      'M',
      '5',
      'F',
      'F',
      'N',
      'O',
      'E',
      '6',
      'P',
      'Q',
      'D',
      'G',
      '3',
      '4',
      'J',
    ),
    day,
    quantity: fc.integer({ min: -9, max: 9 }),
    open: fc.option(fc.integer({ min: 0, max: 12 })),
    centre,
    disposition,
  })
  .map((row) => [ledgerRow(row)]);
const losing = fc
  .record({ day, units, open: fc.option(fc.integer({ min: 0, max: 9 })) })
  .map(({ units: n, ...rest }) => [ledgerRow({ ...rest, reason: 'M', quantity: -n })]);
const damaging = fc
  .record({ day, units, centre, open: fc.option(fc.integer({ min: 0, max: 9 })) })
  .map(({ day: on, units: n, ...rest }) => damage(on, n, rest));
const paying = fc
  .record({
    day,
    units,
    reason: fc.constantFrom(
      'Lost_Warehouse',
      'Damaged_Warehouse',
      'CustomerReturn',
      'GeneralAdjustment',
    ),
    inKind: fc.boolean(),
  })
  .map((paid) => payment(paid));

const story: fc.Arbitrary<{ ledger: LedgerRow[]; reimbursements: Payment[] }> = fc.record({
  ledger: fc
    .array(fc.oneof(anyRow, losing, damaging), { maxLength: 25 })
    .map((rows) => rows.flat()),
  reimbursements: fc.array(paying, { maxLength: 8 }),
});

const losses = (facts: WarehouseFacts): readonly AllocatedLoss[] => allocate(facts, 'us').losses;
const leftByKey = (facts: WarehouseFacts): Map<string, number> =>
  new Map(losses(facts).map((loss) => [loss.row.key, loss.left]));

function neverMore(before: WarehouseFacts, after: WarehouseFacts): void {
  const then = leftByKey(before);
  for (const [key, left] of leftByKey(after)) expect(left).toBeLessThanOrEqual(then.get(key) ?? 0);
}

describe('given any story of a product', () => {
  it('then units are conserved: each loss is what was used of it and what is left', () => {
    fc.assert(
      fc.property(story, (facts) => {
        for (const { units: all, lines, left } of losses(facts)) {
          const used = lines.slice(1).reduce((sum, line) => sum + line.quantity, 0);
          expect(used + left).toBe(all);
        }
      }),
    );
  });

  it("then no claim exceeds its loss, or Amazon's own statement", () => {
    fc.assert(
      fc.property(story, (facts) => {
        for (const loss of losses(facts)) {
          expect(loss.left).toBeGreaterThanOrEqual(0);
          expect(loss.left).toBeLessThanOrEqual(Math.min(loss.units, loss.stated ?? loss.units));
        }
      }),
    );
  });

  it('then no find and no payment is used for more units than it has', () => {
    fc.assert(
      fc.property(story, (facts) => {
        const lines = losses(facts).flatMap((loss) => loss.lines);
        const sum = (kind: string): number =>
          lines
            .filter((line) => line.kind === kind)
            .reduce((total, line) => total + line.quantity, 0);
        const rows = (reason: string): number =>
          facts.ledger
            .filter(({ data }) => data.reason === reason && data.quantity > 0)
            .reduce((total, { data }) => total + data.quantity, 0);
        const paid = facts.reimbursements.reduce(
          (total, { data }) => total + data.quantityTotal,
          0,
        );
        expect(sum('found')).toBeLessThanOrEqual(rows('F'));
        expect(sum('transferred')).toBeLessThanOrEqual(rows('N'));
        expect(sum('reimbursed')).toBeLessThanOrEqual(paid);
      }),
    );
  });

  it('then neither the order of the facts nor repeats of them change anything', () => {
    const shuffled = story.chain((facts) =>
      fc.record({
        facts: fc.constant(facts),
        ledger: fc.shuffledSubarray([...facts.ledger, ...facts.ledger], {
          minLength: facts.ledger.length * 2,
        }),
        reimbursements: fc.shuffledSubarray([...facts.reimbursements, ...facts.reimbursements], {
          minLength: facts.reimbursements.length * 2,
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ facts, ...again }) => {
        expect(allocate(again, 'us')).toEqual(allocate(facts, 'us'));
      }),
    );
  });

  it('then one more payment in cash never leaves a loss more open', () => {
    const cash = paying.map(({ key, data }) => ({
      key,
      data: { ...data, quantityCash: data.quantityTotal, quantityInventory: 0 },
    }));
    fc.assert(
      fc.property(story, cash, (facts, more) => {
        neverMore(facts, { ...facts, reimbursements: [...facts.reimbursements, more] });
      }),
    );
  });

  it('then one more find never leaves a loss more open', () => {
    const found = fc
      .record({ day, units, centre, disposition })
      .map(({ units: n, ...rest }) => ledgerRow({ ...rest, reason: 'F', quantity: n }));
    fc.assert(
      fc.property(story, found, (facts, more) => {
        neverMore(facts, { ...facts, ledger: [...facts.ledger, more] });
      }),
    );
  });
});
