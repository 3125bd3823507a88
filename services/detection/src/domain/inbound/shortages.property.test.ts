import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { item, receipt, shipment } from '../../../test/shipment-story.js';
import { payment } from '../../../test/story.js';
import { NO_PRODUCT_FACTS, type Payment } from '../facts.js';
import { shortagesOf } from './shortages.js';

describe('given any shipments and payments', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-08-${String(n).padStart(2, '0')}`);
  const units = fc.integer({ min: 0, max: 12 });
  const sent = fc.record({
    shipped: units,
    received: units,
    day,
    status: fc.constantFrom('CLOSED', 'RECEIVING', 'CANCELLED'),
  });
  const paid = fc.record({
    day,
    units: fc.integer({ min: 1, max: 9 }),
    order: fc.option(fc.constantFrom('FBA0', 'FBA1'), { nil: undefined }),
  });
  const factsOf = (
    shipments: readonly { shipped: number; received: number; day: string; status: string }[],
  ) =>
    shipments.map((one, n) => ({
      shipment: shipment(`FBA${n}`, one.status),
      item: item(`FBA${n}`, one),
      receipt: receipt(`FBA${n}`, one.day, one.received),
    }));
  const left = (parts: ReturnType<typeof factsOf>, reimbursements: readonly Payment[]) => {
    const facts = {
      ...NO_PRODUCT_FACTS,
      inboundShipments: parts.map((part) => part.shipment),
      inboundItems: parts.map((part) => part.item),
      ledger: parts.map((part) => part.receipt),
      reimbursements,
    };
    return shortagesOf(facts, { network: 'us', today: '2026-10-20' });
  };
  const payments = fc
    .array(paid, { maxLength: 6 })
    .map((all) =>
      all.map(({ order, ...one }) =>
        payment({ ...one, reason: 'Lost_Inbound', ...(order ? { order } : {}) }),
      ),
    );

  it('then units are conserved, and no payment is used for more than it paid', () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 6 }), payments, (shipments, all) => {
        const shortages = left(factsOf(shipments), all);
        let used = 0;
        for (const { units: missing, settled } of shortages) {
          const made = settled.uses.reduce((sum, use) => sum + use.units, 0);
          expect(made + settled.left).toBe(missing);
          used += settled.uses
            .filter(({ kind }) => kind === 'reimbursed')
            .reduce((sum, use) => sum + use.units, 0);
        }
        expect(used).toBeLessThanOrEqual(
          all.reduce((sum, { data }) => sum + data.quantityTotal, 0),
        );
      }),
    );
  });

  it('then order and repeats change nothing, and one more payment raises nothing', () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 6 }), payments, payments, (shipments, all, more) => {
        const parts = factsOf(shipments);
        const once = left(parts, all);
        const again = left([...parts, ...parts].reverse(), [...all, ...all].reverse());
        expect(again.map(({ line, settled }) => [line.shipmentId, settled])).toEqual(
          once.map(({ line, settled }) => [line.shipmentId, settled]),
        );
        for (const [n, { settled }] of left(parts, [...all, ...more]).entries()) {
          expect(settled.left).toBeLessThanOrEqual(once[n]?.settled.left ?? 0);
        }
      }),
    );
  });
});
