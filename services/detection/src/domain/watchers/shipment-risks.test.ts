import type { RiskKind } from '@recoup/contracts';
import { addDays } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { charge, item, lookAt, receipt, shipment } from '../../../test/shipment-story.js';
import type { ProductFacts } from '../facts.js';

const DAY = '2026-07-01';
const labels = charge('S1', { type: 'FBAInboundTransportationFee', amount: '-12.00', day: DAY });

function watched(kind: RiskKind, facts: Partial<ProductFacts>, days: number) {
  return lookAt(facts, addDays(DAY, days)).risks.filter((risk) => risk.kind === kind);
}
const units = (facts: Partial<ProductFacts>, days: number) =>
  watched('shipment_stuck', facts, days).map(({ quantity }) => quantity);

const sent = (status: string, received: number | null, more: Partial<ProductFacts> = {}) => ({
  inboundShipments: [shipment('S1', status)],
  inboundItems: [item('S1', { shipped: 10, received })],
  ...more,
});

describe('a shipment to which nothing more happens', () => {
  it.each(['SHIPPED', 'IN_TRANSIT', 'DELIVERED', 'CHECKED_IN', 'RECEIVING'])(
    'given %s and nothing received 30 days after it was paid for, then it is stuck',
    (status) => {
      const facts = sent(status, 0, { transactions: [labels] });
      expect([30, 31, 273, 274].map((days) => units(facts, days))).toEqual([[], [10], [10], []]);
      expect(lookAt(facts, addDays(DAY, 31)).findings).toEqual([]);
    },
  );

  it('given a part that came, then the silence counts from its last receipt, and what is not missing is none of it', () => {
    const ledger = [receipt('S1', DAY, 4), receipt('S1', addDays(DAY, 10), 3)];
    const facts = sent('DELIVERED', 7, { ledger });
    expect(units(facts, 40)).toEqual([]);
    expect(units(facts, 41)).toEqual([3]);
    expect(units(sent('DELIVERED', 10, { ledger }), 41)).toEqual([]);
    expect(units(sent('DELIVERED', 4, { ledger: [receipt('S1', DAY, 10)] }), 41)).toEqual([]);
  });

  it.each(['WORKING', 'READY_TO_SHIP', 'CANCELLED', 'DELETED', 'ERROR'])(
    'given %s, then it is not stuck',
    (status) => expect(units(sent(status, 0, { transactions: [labels] }), 60)).toEqual([]),
  );

  it('given nothing that dates it, then it cannot be said for how long', () => {
    expect(units(sent('SHIPPED', 0), 200)).toEqual([]);
  });

  it('given what a claim speaks of, then it is no risk besides: receiving stale, and closed short', () => {
    const ledger = [receipt('S1', DAY, 7)];
    for (const status of ['RECEIVING', 'CLOSED']) {
      const facts = sent(status, 7, { ledger });
      expect(lookAt(facts, addDays(DAY, 40)).findings).toMatchObject([
        { subtype: 'inbound_shortage', quantity: 3 },
      ]);
      expect(units(facts, 40)).toEqual([]);
    }
  });

  it('given one that Amazon closed without receiving anything, then it is shown: no window can be counted', () => {
    const ledger = [receipt('S0', DAY, 5)]; // of another shipment: it says in which network the product is
    const facts = sent('CLOSED', 0, { ledger });
    expect(units(facts, 1)).toEqual([10]);
    expect(watched('shipment_stuck', facts, 1)[0]).toMatchObject({
      since: null,
      subject: { shipmentId: 'S1', sku: 'SKU-1' },
      reason: expect.stringContaining('received none of its 10 units'),
    });
  });

  it('given several products, then it is told of once, with its first product and the units of all', () => {
    const mates = (first: string, other: string) => ({
      inboundShipments: [shipment('S1', 'SHIPPED')],
      inboundItems: [item('S1', { shipped: 10, received: 0, fnsku: first })],
      shipmentMates: [item('S1', { shipped: 5, received: 1, fnsku: other })],
      transactions: [labels],
    });
    expect(units(mates('X001', 'X002'), 40)).toEqual([14]);
    expect(units(mates('X002', 'X001'), 40)).toEqual([]);
  });
});

describe('a received quantity that Amazon did not give', () => {
  it('given a shipment that was received, then it is a risk of unknown units and no claim', () => {
    const facts = sent('CLOSED', null, { ledger: [receipt('S1', DAY, 7)] });
    expect(watched('received_unknown', facts, 40)).toMatchObject([
      { quantity: null, since: DAY, subject: { shipmentId: 'S1' } },
    ]);
    expect(lookAt(facts, addDays(DAY, 40)).findings).toEqual([]);
    expect(watched('shipment_stuck', facts, 40)).toEqual([]);
    expect(watched('received_unknown', facts, 274)).toEqual([]);
  });

  it('given a quantity, or a shipment that is still on its way, then there is none', () => {
    expect(watched('received_unknown', sent('CLOSED', 10), 40)).toEqual([]);
    expect(watched('received_unknown', sent('SHIPPED', null), 40)).toEqual([]);
  });
});
