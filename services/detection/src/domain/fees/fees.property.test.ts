import fc from 'fast-check';
import { addDays, daysBetween } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { findIn, movement, preview, sale, type Sold } from '../../../test/fee-story.js';
import type { OrderFacts } from '../facts.js';

const FIRST = '2026-06-01';
const TODAY = '2026-09-20';
const TOO_MUCH = 561;

/** Sales of some days: rightly charged ones first, then some that are charged 5.61 too much for each unit. */
const sales = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 80 }),
    units: fc.integer({ min: 1, max: 4 }),
    dear: fc.boolean(),
  }),
  { maxLength: 40 },
);

function told(all: readonly { at: number; units: number; dear: boolean }[]): OrderFacts[] {
  const first = sale({ day: '2026-05-20' }, 'first');
  return [
    first,
    ...all.map(({ at, units, dear }, n) => {
      const fee = dear ? { fee: (9.61 * units).toFixed(2) } : {};
      const sold: Sold = { day: addDays(FIRST, at), units, ...fee };
      return sale(sold, `order-${String(n).padStart(3, '0')}`);
    }),
  ];
}

const cents = (amount: string | undefined) => Math.round(Number(amount ?? 0) * 100);
const claimed = (orders: readonly OrderFacts[]) =>
  findIn({ today: TODAY, orders }).reduce((sum, { value }) => sum + cents(value.total?.amount), 0);

describe('given any sales of a product, some of them charged too much', () => {
  it('then what is claimed is exactly the excess of the last 90 days, where it shows often enough', () => {
    fc.assert(
      fc.property(sales, (all) => {
        const dear = all.filter((one) => one.dear);
        const open = dear.filter(({ at }) => daysBetween(addDays(FIRST, at), TODAY) <= 90);
        const units = open.reduce((sum, one) => sum + one.units, 0);
        expect(claimed(told(all))).toBe(dear.length >= 3 ? units * TOO_MUCH : 0);
      }),
      { numRuns: 40 },
    );
  });

  it('then neither the order in which they are read nor repeats change a finding', () => {
    fc.assert(
      fc.property(sales, fc.nat(), (all, turn) => {
        const orders = told(all);
        const at = turn % orders.length;
        const turned = [...orders.slice(at), ...orders.slice(0, at)].map((order) => ({
          ...order,
          transactions: [...order.transactions, ...order.transactions],
        }));
        const previews = [preview({}, 'preview')];
        expect(findIn({ today: TODAY, orders: turned, previews })).toEqual(
          findIn({ today: TODAY, orders, previews }),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('then a fee that is given back never raises what is claimed', () => {
    fc.assert(
      fc.property(sales, fc.nat(), (all, pick) => {
        const orders = told(all);
        const chosen = orders[pick % orders.length];
        const given = orders.map((order) => {
          if (order !== chosen) return order;
          const { orderId } = order;
          const back = movement({ day: TODAY, orderId, type: 'Refund', fee: '-9.61' }, 'back');
          return { ...order, transactions: [...order.transactions, back] };
        });
        expect(claimed(given)).toBeLessThanOrEqual(claimed(orders));
      }),
      { numRuns: 40 },
    );
  });
});
