import { addDays } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { ALL_READ, examine, findings, type Scene } from '../../../test/look-at-product.js';
import { credit, damage, ledgerRow, payment, type Paid } from '../../../test/story.js';
import { costsFrom } from '../value/costs.js';

const PAID = '2026-06-01';
const on = (days: number): string => addDays(PAID, days);
const pay = (more: Partial<Paid> = {}) =>
  payment(
    { day: PAID, reason: 'Lost_Warehouse', units: 2, perUnit: '10.00', id: 'R1', ...more },
    more.id,
  );

describe('given a payment that the report names', () => {
  const ledger = [ledgerRow({ day: on(-9), reason: 'M', quantity: -2, open: 0 })];
  const missing = (scene: Partial<Scene>, days = 19) =>
    findings('missing_reimbursement', {
      ledger,
      reimbursements: [pay()],
      today: on(days),
      ...scene,
    });

  it('then without a credit it is claimed in full when a settlement has closed over it', () => {
    expect(missing({})).toMatchObject([
      {
        claimType: 'missing_reimbursement',
        quantity: 2,
        lossDay: PAID,
        opensOn: on(19),
        deadline: on(60),
        value: { basis: 'amount_stated', total: { amount: '20.00', currency: 'USD' } },
        subject: { reimbursementId: 'R1', fnsku: 'X001' },
        tier: 'prompt',
      },
    ]);
    expect([18, 19, 60, 61].map((days) => missing({}, days).length)).toEqual([0, 1, 1, 0]);
  });

  it.each([
    ['its exact amount came', [credit({ day: on(1), amount: '20.00' })]],
    ['it came on the day before in UTC', [credit({ day: on(-1), amount: '20.00' })]],
    ['it is held back', [credit({ day: on(1), amount: '20.00', held: true })]],
    [
      'it may have come in another currency',
      [credit({ day: on(2), amount: '27.40', currency: 'CAD' })],
    ],
    ['it may have come with others in one sum', [credit({ day: on(2), amount: '95.00' })]],
  ])('then nothing is missing when %s', (_, transactions) => {
    expect(missing({ transactions })).toEqual([]);
  });

  it('then one credit pays one payment, the older first', () => {
    const reimbursements = [pay(), pay({ id: 'R2', day: on(3) })];
    const transactions = [credit({ day: on(4), amount: '20.00' })];
    const [finding, ...more] = missing({ reimbursements, transactions }, 25);
    expect(finding?.subject.reimbursementId).toBe('R2');
    expect(more).toEqual([]);
  });

  it('then all rows of a reimbursement may come in one sum', () => {
    const rows = ['a', 'b'].map((key) =>
      payment({ day: PAID, reason: 'Lost_Warehouse', units: 1, id: 'R1' }, key),
    );
    const transactions = [credit({ day: PAID, amount: '25.00' })];
    expect(missing({ reimbursements: rows, transactions })).toEqual([]);
    expect(missing({ reimbursements: rows })).toMatchObject([
      { quantity: 2, value: { total: { amount: '25.00' } } },
    ]);
  });

  it('then a credit long before it, and one for another product, are others', () => {
    const transactions = [
      credit({ day: on(-9), amount: '20.00' }),
      credit({ day: on(1), amount: '20.00', sku: 'SKU-2' }),
    ];
    expect(missing({ transactions })).toHaveLength(1);
  });

  it('then one in kind, one that was taken back and one before the transactions are never missing', () => {
    const back = pay({ id: 'R9', reason: 'Reimbursement_Reversal', units: -2, original: 'R1' });
    expect(missing({ reimbursements: [pay({ inKind: true })] })).toEqual([]);
    expect(missing({ reimbursements: [pay(), back] })).toEqual([]);
    const late = {
      ...ALL_READ,
      transactions: { state: 'complete' as const, from: on(-2), to: null },
    };
    expect(missing({ coverage: late })).toEqual([]);
  });
});

describe('given what the seller says that a unit costs', () => {
  const costs = costsFrom([
    { sku: 'SKU-1', effectiveFrom: '2026-01-01', unitCost: { amount: '14.00', currency: 'USD' } },
  ]);
  const under = (more: Partial<Paid> = {}, scene: Partial<Scene> = {}) =>
    findings('reimbursement_undervalued', {
      reimbursements: [pay(more)],
      transactions: [credit({ day: PAID, amount: '20.00' })],
      today: on(60),
      costs,
      ...scene,
    });

  it('then a payment below it is claimed for the difference, for 60 days', () => {
    expect(under()).toMatchObject([
      {
        quantity: 2,
        deadline: on(60),
        value: {
          basis: 'difference',
          perUnit: { amount: '4.00', currency: 'USD' },
          total: { amount: '8.00', currency: 'USD' },
        },
        allocation: [
          { kind: 'expected', amount: { amount: '28.00' } },
          { kind: 'paid', amount: { amount: '20.00' } },
        ],
      },
    ]);
    expect([59, 60, 61].map((days) => under({}, { today: on(days) }).length)).toEqual([1, 1, 0]);
  });

  it.each([
    ['it was enough', { perUnit: '14.00' }],
    ['it lacks a hundredth', { perUnit: '13.86' }],
    ['it was for an order, by its price', { reason: 'CustomerReturn', order: '111-1' }],
    ['the unit could not be sold', { of: { condition: 'Damaged' } }],
    ['it was paid in kind', { inKind: true }],
    ['it was paid under the rule before', { day: '2025-03-30' }],
    ['the cost is in another currency', { currency: 'CAD' }],
  ] as [string, Partial<Paid>][])('then nothing is claimed where %s', (_, more) => {
    const today = more.day ? addDays(more.day, 5) : on(5);
    expect(under(more, { today })).toEqual([]);
  });

  it('then without a cost nothing is', () => {
    expect(under({}, { costs: costsFrom([]) })).toEqual([]);
  });
});

describe('given a payment that Amazon took back', () => {
  const back = (more: Partial<Paid> = {}) =>
    pay({
      id: 'R9',
      day: on(40),
      reason: 'Reimbursement_Reversal',
      units: -2,
      original: 'R1',
      ...more,
    });
  const lost = ledgerRow({ day: on(-9), reason: 'M', quantity: -2, open: 0 });
  const found = (days: number, quantity: number) =>
    ledgerRow({ day: on(days), reason: 'F', quantity });
  const reversed = (scene: Partial<Scene>, days = 70) =>
    findings('reimbursement_reversed', {
      ledger: [lost],
      reimbursements: [pay(), back()],
      today: on(days),
      ...scene,
    });

  it('then it is claimed when nothing came back for a month either way', () => {
    expect(reversed({})).toMatchObject([
      {
        quantity: 2,
        lossDay: on(40),
        opensOn: on(70),
        deadline: on(100),
        value: { basis: 'amount_stated', total: { amount: '20.00', currency: 'USD' } },
        subject: { reimbursementId: 'R9' },
      },
    ]);
    expect([69, 70, 100, 101].map((days) => reversed({}, days).length)).toEqual([0, 1, 1, 0]);
  });

  it.each([
    [10, 0],
    [70, 0],
    [9, 1],
    [71, 1],
  ])('then units found on day %d leave %d claims', (days, claims) => {
    expect(reversed({ ledger: [lost, found(days, 2)] }, 75)).toHaveLength(claims);
  });

  it('then what came back for some units is taken off, and a find explains one reversal', () => {
    expect(reversed({ ledger: [lost, found(35, 1)] })).toMatchObject([
      { quantity: 1, value: { total: { amount: '10.00' } } },
    ]);
    const reimbursements = [
      pay(),
      pay({ id: 'R2' }),
      back(),
      back({ id: 'R8', original: 'R2', day: on(41) }),
    ];
    expect(reversed({ ledger: [lost, found(35, 2)], reimbursements }, 72)).toMatchObject([
      { quantity: 2, subject: { reimbursementId: 'R8' } },
    ]);
  });

  it('then units of damage that can be sold after all are the reason of it', () => {
    const ledger = [
      ...damage(on(-9), 2, { open: 0 }),
      ledgerRow({ day: on(38), reason: 'P', quantity: 2 }),
    ];
    const reimbursements = [pay({ reason: 'Damaged_Warehouse' }), back()];
    expect(reversed({ ledger, reimbursements })).toEqual([]);
    expect(reversed({ ledger: ledger.slice(0, 2), reimbursements })).toHaveLength(1);
  });

  it('then a loss that is open again and can be claimed as lost owns its units', () => {
    const ledger = [ledgerRow({ day: on(35), reason: 'M', quantity: -2, open: 2 })];
    const reimbursements = [pay({ day: on(36) }), back()];
    const { findings: all } = examine({
      ledger,
      reimbursements,
      transactions: [credit({ day: on(36), amount: '20.00' })],
      today: on(75),
    });
    expect(all.map(({ subtype, quantity }) => [subtype, quantity])).toEqual([
      ['lost_warehouse', 2],
    ]);
  });

  it('then more than was paid is claimed for the difference, whatever the payment was for', () => {
    const reimbursements = [
      pay({ reason: 'CustomerReturn', order: '111-1' }),
      back({ perUnit: '13.50' }),
    ];
    expect(reversed({ reimbursements })).toMatchObject([
      { value: { basis: 'difference', total: { amount: '7.00', currency: 'USD' } } },
    ]);
    expect(reversed({ reimbursements: [reimbursements[0] ?? pay(), back()] })).toEqual([]);
  });

  it('then one of a payment that nobody knows is left alone', () => {
    expect(reversed({ reimbursements: [back({ original: 'R-OLD' })] })).toEqual([]);
  });

  it('then one whose month before lies outside the ledger that was read is left alone', () => {
    const coverage = {
      ...ALL_READ,
      ledger: { state: 'complete' as const, from: on(11), to: null },
    };
    expect(reversed({ coverage })).toEqual([]);
  });
});
