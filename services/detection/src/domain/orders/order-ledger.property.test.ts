import { toMinor } from '@recoup/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyOrder, anyPayment, ORDER_TOLD, type OrderTale } from '../../../test/any-order.js';
import { contextOf, examineOrder, orderOf } from '../../../test/order-story.js';
import { compensationsOf } from './compensations.js';
import { orderBookOf } from './order-losses.js';

const bookOf = (tale: OrderTale) => orderBookOf(orderOf(tale), contextOf({ today: ORDER_TOLD }));
const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);

/** Everything that is or will be claimed for the order; nothing of it is too late yet. */
function owed(tale: OrderTale) {
  const { findings, tooEarly, pastWindow } = examineOrder({ ...tale, today: ORDER_TOLD });
  expect(pastWindow).toEqual([]);
  return [...findings, ...tooEarly];
}

const unitsOf = (tale: OrderTale) =>
  sum(
    owed(tale)
      .filter(({ subtype }) => subtype !== 'reimbursement_undervalued')
      .map(({ quantity }) => quantity),
  );
const cents = (tale: OrderTale) =>
  owed(tale).reduce((total, { value }) => total + (value.total ? toMinor(value.total) : 0n), 0n);

describe('given any story of an order', () => {
  it('then each unit is consumed once: what was given to the buyer is a loss of one kind, or came back', () => {
    fc.assert(
      fc.property(anyOrder, (tale) => {
        const { lines, losses, marketplace } = bookOf(tale);
        if (!marketplace) throw new Error('the story names a store');
        for (const line of lines) {
          const own = losses.filter((loss) => loss.line === line);
          const given = compensationsOf(line, marketplace);
          expect(sum(given.map(({ units }) => units))).toBeLessThanOrEqual(line.sale?.units ?? 0);
          for (const { source, units } of given) {
            const lost = own.filter((loss) => loss.compensation.source.key === source.key);
            expect(sum(lost.map((loss) => loss.units))).toBeLessThanOrEqual(units);
          }
        }
      }),
    );
  });

  it('then units are conserved: a loss is what was paid of it and what is left, and no row is used for more than it has', () => {
    fc.assert(
      fc.property(anyOrder, (tale) => {
        const { losses } = bookOf(tale);
        const used = new Map<string, number>();
        const use = (key: string, units: number) => used.set(key, (used.get(key) ?? 0) + units);
        const before = new Set<unknown>();
        for (const { units, left, paid, returns, compensation } of losses) {
          expect(sum(paid.map((part) => part.units)) + left).toBe(units);
          for (const part of paid) use(part.row.payment.key, part.units);
          // Losses of one refund share what came back of it.
          if (!before.has(compensation)) for (const part of returns) use(part.row.key, part.units);
          before.add(compensation);
        }
        for (const { key, data } of tale.reimbursements) {
          expect(used.get(key) ?? 0).toBeLessThanOrEqual(data.quantityTotal);
        }
        for (const { key, data } of tale.returns) {
          expect(used.get(key) ?? 0).toBeLessThanOrEqual(data.quantity);
        }
      }),
    );
  });

  it('then neither the order of the rows nor repeats of them change a finding', () => {
    const shuffled = anyOrder.chain((tale) =>
      fc.record({
        tale: fc.constant(tale),
        again: fc.record({
          transactions: twice(tale.transactions),
          returns: twice(tale.returns),
          replacements: twice(tale.replacements),
          reimbursements: twice(tale.reimbursements),
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ tale, again }) => {
        expect(examineOrder({ ...again, today: ORDER_TOLD })).toEqual(
          examineOrder({ ...tale, today: ORDER_TOLD }),
        );
      }),
    );
  });

  it('then one more payment raises neither the units that are claimed nor their worth in all', () => {
    fc.assert(
      fc.property(anyOrder, anyPayment, (tale, more) => {
        const after = { ...tale, reimbursements: [...tale.reimbursements, more] };
        expect(unitsOf(after)).toBeLessThanOrEqual(unitsOf(tale));
        // A payment may lack a hundredth of four units at 12.00, and is not claimed.
        expect(cents(after)).toBeLessThanOrEqual(cents(tale) + 48n);
      }),
    );
  });

  it('then one more return never raises the units that are claimed', () => {
    fc.assert(
      fc.property(anyOrder, anyOrder, (tale, other) => {
        const after = { ...tale, returns: [...tale.returns, ...other.returns.slice(0, 1)] };
        expect(unitsOf(after)).toBeLessThanOrEqual(unitsOf(tale));
      }),
    );
  });
});

function twice<T>(rows: readonly T[]): fc.Arbitrary<T[]> {
  const all = [...rows, ...rows];
  return fc.shuffledSubarray(all, { minLength: all.length });
}
