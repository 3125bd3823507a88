import { addDays } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { charge, item, lookAt, receipt, shipment, told } from '../../../test/shipment-story.js';
import { ledgerRow } from '../../../test/story.js';
import type { ProductFacts } from '../facts.js';

const PAID = '2026-08-01';
const TODAY = '2026-09-10';
const LABEL = 'FBAInboundTransportationFee';
const PLACING = 'FBAInboundConvenienceFee';

const stock = ledgerRow({ day: '2026-01-01', reason: 'F', quantity: 1 });
const calledOff = (status = 'CANCELLED'): Partial<ProductFacts> => ({
  inboundShipments: [shipment('FBA1', status)],
  inboundItems: [item('FBA1', { shipped: 10, received: 0 })],
  ledger: [stock],
});
const paid = (amount: string, type = LABEL, day = PAID) => charge('FBA1', { type, amount, day });
const look = (facts: Partial<ProductFacts>, today = TODAY) => lookAt(facts, today);

describe('given labels that were paid for a shipment which was called off', () => {
  const facts = { ...calledOff(), transactions: [paid('-31.20')] };

  it('then they are claimed to the cent, by a person, once Amazon had time to give them back', () => {
    expect(look(facts).findings[0]).toMatchObject({
      claimType: 'fee_overcharge',
      subtype: 'unused_label_fee',
      quantity: 1,
      lossDay: PAID,
      tier: 'prompt',
      subject: { shipmentId: 'FBA1', sku: 'SKU-1' },
      value: { basis: 'amount_stated', total: { amount: '31.20', currency: 'USD' } },
      allocation: [{ kind: 'charged', amount: { amount: '31.20', currency: 'USD' } }],
    });
    expect(told(look(facts, addDays(PAID, 29)))).toEqual([]);
    expect(told(look(facts, addDays(PAID, 30)))).toHaveLength(1);
    expect(told(look(facts, addDays(PAID, 273)))).toHaveLength(1);
    expect(look(facts, addDays(PAID, 274)).pastWindow).toHaveLength(1);
  });

  it('then a refund lowers it, and a whole one ends it', () => {
    const with_ = (amount: string, type = LABEL) =>
      look({ ...facts, transactions: [...facts.transactions, paid(amount, type, '2026-08-09')] });
    expect(with_('11.20').findings[0]?.value.total).toEqual({ amount: '20.00', currency: 'USD' });
    expect(told(with_('31.20'))).toEqual([]);
    expect(told(with_('31.20', 'ShippingServicesRefund'))).toEqual([]);
  });

  it('then of a deleted shipment, too, and of no other', () => {
    expect(told(look({ ...facts, ...calledOff('DELETED') }))).toHaveLength(1);
    for (const status of ['CLOSED', 'RECEIVING', 'SHIPPED', 'WORKING']) {
      expect(told(look({ ...facts, ...calledOff(status) }))).not.toContainEqual([
        'unused_label_fee',
        1,
      ]);
    }
  });

  it('then in the network whose money was taken, wherever else there is stock of the product', () => {
    const elsewhere = ledgerRow({
      ...{ day: '2026-01-01', reason: 'F', quantity: 1, country: 'BR' },
    });
    const [finding] = look({ ...facts, ledger: [stock, elsewhere] }).findings;
    expect(finding).toMatchObject({ subtype: 'unused_label_fee', quantity: 1 });
  });

  it('then not where another product of the shipment came in', () => {
    const received = { fnsku: 'X002', shipped: 4, received: 4 };
    expect(told(look({ ...facts, shipmentMates: [item('FBA1', received)] }))).toEqual([]);
    const row = receipt('FBA1', '2026-08-08', { units: 4, fnsku: 'X002' });
    expect(told(look({ ...facts, mateReceipts: [row] }))).toEqual([]);
  });

  it('then it is claimed with the first product of the shipment only', () => {
    const mate = (fnsku: string) => [item('FBA1', { fnsku, shipped: 4, received: 0 })];
    expect(told(look({ ...facts, shipmentMates: mate('X002') }))).toHaveLength(1);
    expect(told(look({ ...facts, shipmentMates: mate('X000') }))).toEqual([]);
  });

  it('then money that is held, or names no shipment, says nothing', () => {
    const one = paid('-31.20');
    const held = { ...one, data: { ...one.data, held: true } };
    const nameless = { ...one, data: { ...one.data, identifiers: null } };
    expect(told(look({ ...facts, transactions: [held, nameless] }))).toEqual([]);
  });
});

describe('given fees for placing a shipment', () => {
  it('then those of a shipment that was called off are claimed until the ninetieth day', () => {
    const facts = { ...calledOff(), transactions: [paid('-8.00', PLACING), paid('-31.20')] };
    expect(told(look(facts))).toEqual([
      ['inbound_defect_fee', 1],
      ['unused_label_fee', 1],
    ]);
    expect(look(facts).findings[0]?.value.total).toEqual({ amount: '8.00', currency: 'USD' });
    const subtypes = (age: number) => told(look(facts, addDays(PAID, age))).map(([one]) => one);
    expect(subtypes(90)).toContain('inbound_defect_fee');
    expect(subtypes(91)).not.toContain('inbound_defect_fee');
  });

  const arrived = (...amounts: string[]): Partial<ProductFacts> => ({
    inboundShipments: [shipment('FBA1')],
    inboundItems: [item('FBA1', { shipped: 5, received: 5 })],
    ledger: [receipt('FBA1', '2026-08-05', 5)],
    transactions: amounts.map((amount) => paid(amount, PLACING)),
  });

  it('then the same one twice is shown without a value', () => {
    expect(look(arrived('-8.00', '-8.00')).findings[0]).toMatchObject({
      subtype: 'inbound_defect_fee',
      quantity: 1,
      value: { basis: 'unknown', total: null },
    });
  });

  it.each([
    ['one', ['-8.00']],
    ['two that differ', ['-8.00', '-9.00']],
    ['a second one that was given back', ['-8.00', '-8.00', '8.00']],
  ])('then %s is right', (_, amounts) => {
    expect(told(look(arrived(...amounts)))).toEqual([]);
  });
});
