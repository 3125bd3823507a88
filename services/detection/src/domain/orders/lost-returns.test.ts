import { describe, expect, it } from 'vitest';
import { returned } from '../../../test/order-story.js';
import { ledgerRow } from '../../../test/story.js';
import { openLostReturns } from './lost-returns.js';

const taken = (day: string, quantity = 1, disposition = 'SELLABLE') =>
  ledgerRow({ day, reason: '', quantity, eventType: 'CustomerReturns', disposition });

function lost(returns: ReturnType<typeof returned>[], ledger: ReturnType<typeof taken>[]) {
  const book = openLostReturns();
  book.learn({ returns, ledger });
  return [...book.byOrder.values()].flat().map(({ key }) => key);
}

describe('given returns and what the shelves took in', () => {
  const DAY = '2026-07-20';
  it.each([
    ['2026-07-16', ['r1']],
    ['2026-07-17', []],
    ['2026-07-20', []],
    ['2026-07-23', []],
    ['2026-07-24', ['r1']],
  ])('then a row of %s makes %j lost', (day, keys) => {
    expect(lost([returned(DAY, {}, 'r1')], [taken(day)])).toEqual(keys);
  });

  it('then each row is used once, and for the return that it tells alike', () => {
    const returns = [
      returned('2026-07-19', { orderId: '111-1' }, 'r1'),
      returned('2026-07-20', { orderId: '111-2', disposition: 'DEFECTIVE' }, 'r2'),
      returned('2026-07-21', { orderId: '111-3' }, 'r3'),
    ];
    const ledger = [taken('2026-07-20', 1, 'DEFECTIVE'), taken('2026-07-21')];
    expect(lost(returns, ledger)).toEqual(['r1']);
    expect(lost([...returns].reverse(), [...ledger].reverse())).toEqual(['r1']);
    expect(lost([...returns, ...returns], [...ledger, ...ledger])).toEqual(['r1']);
  });

  it('then a return of which a part was taken in is left alone', () => {
    expect(lost([returned(DAY, { quantity: 2 })], [taken(DAY)])).toEqual([]);
    expect(lost([returned(DAY, { quantity: 2 }, 'r1')], [])).toEqual(['r1']);
  });

  it.each([
    ['DAMAGED', { disposition: 'DAMAGED' }],
    ['CUSTOMER_DAMAGED', { disposition: 'CUSTOMER_DAMAGED' }],
    ['graded', { sku: 'amzn.gr.SKU-1-x' }],
  ])('then one that never reaches the shelf (%s) is not lost', (_, more) => {
    expect(lost([returned(DAY, more)], [])).toEqual([]);
  });

  it('then other movements take nothing in', () => {
    const found = ledgerRow({ day: DAY, reason: 'F', quantity: 1 });
    expect(lost([returned(DAY, {}, 'r1')], [found])).toEqual(['r1']);
  });
});
