import { addDays } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import {
  leaves,
  lookAt,
  parcel,
  removalOrder,
  told,
  type Ordered,
} from '../../../test/shipment-story.js';
import { payment } from '../../../test/story.js';
import type { Payment, ProductFacts } from '../facts.js';
import { costsFrom } from '../value/costs.js';

const SENT = '2026-09-02';
const TODAY = '2026-09-25';
const pays = (units: number, more: { order?: string; reason?: string } = {}): Payment =>
  payment({ day: '2026-09-12', units, reason: 'Removal_Order_Lost', ...more });

/** Ten units left stock for the seller, and eight are in parcels. */
const short = (ordered: Partial<Ordered> = {}): ProductParts => ({
  removalOrders: [removalOrder('RMV1', { requested: 10, shipped: 8, ...ordered })],
  removalShipments: [parcel('RMV1', SENT, { units: 8 })],
  ledger: [leaves('RMV1', SENT, 10)],
});
type ProductParts = Pick<ProductFacts, 'removalOrders' | 'removalShipments' | 'ledger'>;

describe('given units that left stock for a removal order and were not shipped', () => {
  it('then they are claimed, with what became of the others', () => {
    expect(lookAt(short(), TODAY).findings[0]).toMatchObject({
      subtype: 'removal_lost',
      quantity: 2,
      lossDay: SENT,
      opensOn: addDays(SENT, 15),
      deadline: addDays(SENT, 75),
      subject: { removalOrderId: 'RMV1', sku: 'SKU-1' },
      allocation: [
        { kind: 'requested', quantity: 10 },
        { kind: 'shipped', quantity: 8 },
      ],
    });
  });

  it('then from the fifteenth to the seventy-fifth day after the shipment', () => {
    const at = (age: number) => told(lookAt(short(), addDays(SENT, age)));
    expect([14, 15, 75, 76].map((age) => at(age).length)).toEqual([0, 1, 1, 0]);
    expect(lookAt(short(), addDays(SENT, 76)).pastWindow).toMatchObject([{ units: 2 }]);
  });

  it('then the clock going back in autumn takes no day off, nor adds one', () => {
    // 75 days after 2026-09-02 is 2026-11-16, past the first Sunday of November.
    expect(told(lookAt(short(), '2026-11-16', { hour: '08' }))).toHaveLength(1);
    expect(told(lookAt(short(), '2026-11-17', { hour: '07' }))).toHaveLength(1);
    expect(told(lookAt(short(), '2026-11-17', { hour: '08' }))).toEqual([]);
  });

  it('then without a parcel the day counts on which Amazon had done with it', () => {
    const facts = { ...short({ shipped: 0 }), removalShipments: [] };
    expect(lookAt(facts, TODAY).findings[0]).toMatchObject({ quantity: 10, lossDay: '2026-09-03' });
    const undated = { ...short({ shipped: 0, done: null }), removalShipments: [] };
    expect(lookAt(undated, TODAY)).toMatchObject({ findings: [], unjudged: 1 });
  });

  it('then unsellable ones have no value that anybody stated', () => {
    const unitCost = { amount: '4.20', currency: 'USD' };
    const costs = costsFrom([{ sku: 'SKU-1', effectiveFrom: '2026-01-01', unitCost }]);
    expect(lookAt(short(), TODAY, { costs }).findings[0]?.value.total?.amount).toBe('8.40');
    const facts: ProductParts = {
      removalOrders: [
        removalOrder('RMV1', { requested: 10, shipped: 8, disposition: 'Unsellable' }),
      ],
      removalShipments: [parcel('RMV1', SENT, { units: 8, disposition: 'Unsellable' })],
      ledger: [],
    };
    const [finding] = lookAt(facts, TODAY, { costs }).findings;
    expect(finding).toMatchObject({ quantity: 2, value: { total: null } });
  });

  it.each([
    ['pending', { status: 'Pending' }],
    ['in process', { inProcess: 2 }],
    ['cancelled in part', { cancelled: 2 }],
    ['disposed of in part', { disposed: 2 }],
    ['of an unknown number cancelled', { cancelled: null }],
    ['for disposal', { type: 'Disposal' }],
    ['for liquidation', { type: 'Liquidations' }],
    ['complete', { shipped: 10 }],
  ])('then not of an order that is %s', (_, ordered) => {
    expect(told(lookAt(short(ordered), TODAY))).toEqual([]);
  });

  it('then what never left stock is not lost', () => {
    const ledger = (units: number) => [leaves('RMV1', SENT, units)];
    expect(told(lookAt({ ...short(), ledger: ledger(8) }, TODAY))).toEqual([]);
    expect(told(lookAt({ ...short(), ledger: ledger(9) }, TODAY))).toEqual([['removal_lost', 1]]);
  });

  it('then payments are used once: for the order they name, else for the oldest', () => {
    const older = {
      removalOrders: [removalOrder('RMV0', { requested: 4, shipped: 3 })],
      removalShipments: [parcel('RMV0', '2026-08-30', { units: 3 })],
      ledger: [leaves('RMV0', '2026-08-30', 4)],
    };
    const two = {
      removalOrders: [...older.removalOrders, ...short().removalOrders],
      removalShipments: [...older.removalShipments, ...short().removalShipments],
      ledger: [...older.ledger, ...short().ledger],
    };
    const found = (...reimbursements: Payment[]) =>
      lookAt({ ...two, reimbursements }, TODAY).findings.map(({ subject, quantity }) => [
        subject.removalOrderId,
        quantity,
      ]);
    expect(found()).toEqual([
      ['RMV0', 1],
      ['RMV1', 2],
    ]);
    expect(found(pays(2))).toEqual([['RMV1', 1]]);
    expect(found(pays(2, { order: 'RMV1' }))).toEqual([['RMV0', 1]]);
    expect(found(pays(9, { reason: 'Lost_Warehouse' }))).toHaveLength(2);
  });
});

describe('given units that a person says came damaged', () => {
  const all = short({ requested: 8 });
  const facts = { ...all, ledger: [leaves('RMV1', SENT, 8)] };
  const says = (quantity: number, more: { sku?: string; removalOrderId?: string } = {}) => ({
    subtype: 'removal_damaged' as const,
    ...{ removalOrderId: 'RMV1', sku: 'SKU-1', quantity, assertedOn: '2026-09-10', ...more },
  });

  it('then they are claimed, by a person only, and at most those that its parcels held', () => {
    const [finding] = lookAt(facts, TODAY, { assertions: [says(3)] }).findings;
    expect(finding).toMatchObject({
      claimType: 'damaged_goods',
      subtype: 'removal_damaged',
      quantity: 3,
      lossDay: SENT,
      deadline: addDays(SENT, 60),
      subject: { removalOrderId: 'RMV1' },
      allocation: [{ kind: 'asserted', quantity: 3, day: '2026-09-10' }],
    });
    expect(finding?.tier).not.toBe('auto');
    expect(told(lookAt(facts, TODAY, { assertions: [says(3), says(9)] }))).toEqual([
      ['removal_damaged', 8],
    ]);
  });

  it('then until the sixtieth day, and not for another order, product or state', () => {
    const at = (age: number) => told(lookAt(facts, addDays(SENT, age), { assertions: [says(3)] }));
    expect([59, 60, 61].map((age) => at(age).length)).toEqual([1, 1, 0]);
    for (const other of [says(3, { sku: 'SKU-9' }), says(3, { removalOrderId: 'RMV9' })]) {
      expect(told(lookAt(facts, TODAY, { assertions: [other] }))).toEqual([]);
    }
    const unsellable = {
      ...{
        ledger: [],
        removalShipments: [parcel('RMV1', SENT, { units: 8, disposition: 'Unsellable' })],
      },
      removalOrders: [
        removalOrder('RMV1', { requested: 8, shipped: 8, disposition: 'Unsellable' }),
      ],
    };
    expect(told(lookAt(unsellable, TODAY, { assertions: [says(3)] }))).toEqual([]);
  });

  it('then what was paid for damage is set off, and what was paid for loss is not', () => {
    const reimbursements = [pays(2, { reason: 'Removal_Order_Damaged' }), pays(1)];
    expect(told(lookAt({ ...facts, reimbursements }, TODAY, { assertions: [says(3)] }))).toEqual([
      ['removal_damaged', 1],
    ]);
  });
});
