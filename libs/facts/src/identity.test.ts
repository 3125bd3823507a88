import type { LedgerFact, OrderFact, ReimbursementFact } from '@recoup/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identify } from './identity.js';
import { ledger } from './testing/rows.js';

const row = ledger();
const order: OrderFact = {
  orderId: '111-1',
  marketplaceId: 'ATVPDKIKX0DER',
  createdAt: '2026-08-20T10:00:00Z',
  updatedAt: '2026-08-20T10:00:00Z',
  status: 'Pending',
  fulfilledBy: null,
  salesChannel: null,
  serviceLevel: null,
  shipCountry: null,
};
const payment: ReimbursementFact = {
  approvedAt: '2026-08-20T10:00:00Z',
  reimbursementId: '9001',
  caseId: null,
  orderId: null,
  reason: 'Lost_Warehouse',
  sku: 'SKU-1',
  fnsku: 'X001',
  asin: 'B001',
  productName: 'Bottle',
  condition: null,
  currency: 'USD',
  amountPerUnit: '14.20',
  amountTotal: '14.20',
  quantityCash: 1,
  quantityInventory: 0,
  quantityTotal: 1,
  originalReimbursementId: null,
  originalReimbursementType: null,
};

const keys = (rows: readonly LedgerFact[]): string[] =>
  identify('ledger', rows).map((fact) => fact.key);

describe('ledger rows', () => {
  it('given true twins, then each is a fact of its own, told apart by its ordinal', () => {
    const [first, second, third] = keys([row, row, row]);
    expect(second).toBe(`${first}.1`);
    expect(third).toBe(`${first}.2`);
  });

  it('given a day read again, in any order, then the keys are the same set', () => {
    const day = fc.array(
      fc.record({ fnsku: fc.constantFrom('X1', 'X2'), quantity: fc.integer({ min: -2, max: 2 }) }),
    );
    fc.assert(
      fc.property(day, (columns) => {
        const rows = columns.map((column) => ({ ...row, ...column }));
        expect(new Set(keys([...rows].reverse()))).toEqual(new Set(keys(rows)));
        expect(new Set(keys(rows)).size).toBe(rows.length);
      }),
    );
  });

  it.each([
    ['what is reconciled', { reconciledQuantity: 1, unreconciledQuantity: 0 }],
    ['the title', { title: 'Bottle, blue' }],
    ['the ASIN', { asin: 'B002' }],
  ])('given that %s changed, then it is still the same fact', (_, change) => {
    expect(keys([{ ...row, ...change }])).toEqual(keys([row]));
  });

  it.each([
    ['day', { day: '2026-08-21' }],
    ['FNSKU', { fnsku: 'X002' }],
    ['quantity', { quantity: -2 }],
    ['place', { fulfillmentCenter: 'ONT8' }],
    ['disposition', { disposition: 'WAREHOUSE_DAMAGED' }],
    ['reason', { reason: 'F' }],
    ['reference', { referenceId: '1' }],
  ])('given another %s, then it is another fact', (_, change) => {
    expect(keys([{ ...row, ...change }])).not.toEqual(keys([row]));
  });

  it('are read together by FNSKU', () => {
    expect(identify('ledger', [row])[0]?.group).toBe('X001');
  });
});

describe('orders', () => {
  it('given one twice in an answer, then it is one fact, the last one given', () => {
    const facts = identify('order', [order, { ...order, status: 'Shipped' }]);
    expect(facts).toHaveLength(1);
    expect(facts[0]).toMatchObject({ group: '111-1', data: { status: 'Shipped' } });
  });
});

describe('reimbursements', () => {
  it('given several rows of one reimbursement, then each SKU and each twin is a fact', () => {
    const facts = identify('reimbursement', [payment, { ...payment, sku: 'SKU-2' }, payment]);
    expect(new Set(facts.map((fact) => fact.key)).size).toBe(3);
  });

  it('given a case id that came later, then it is the same fact', () => {
    const [before] = identify('reimbursement', [payment]);
    const [after] = identify('reimbursement', [{ ...payment, caseId: '1590' }]);
    expect(after?.key).toBe(before?.key);
  });
});
