import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invoiceCoverage, type InvoicedUnits, type ShippedUnits } from './invoice-coverage.js';

const sent = (shipmentId: string, units: number, day: string | null): ShippedUnits => ({
  shipmentId,
  units,
  day,
});
const bought = (documentId: string, units: number, issuedOn: string): InvoicedUnits => ({
  documentId,
  units,
  issuedOn,
});

describe('invoices over shipments', () => {
  it('cover the oldest shipments first, each unit once', () => {
    const covered = invoiceCoverage(
      [sent('second', 50, '2026-03-01'), sent('first', 60, '2026-02-01')],
      [bought('a', 40, '2026-01-10'), bought('b', 50, '2026-01-20')],
    );
    expect(covered.get('first')).toEqual({ units: 60, by: ['a', 'b'] });
    expect(covered.get('second')).toEqual({ units: 30, by: ['b'] });
  });

  it('are not younger than what they cover; on the same day they are in time', () => {
    const covered = invoiceCoverage(
      [sent('before', 10, '2026-01-31'), sent('after', 10, '2026-02-01')],
      [bought('a', 20, '2026-02-01')],
    );
    expect(covered.get('before')).toEqual({ units: 0, by: [] });
    expect(covered.get('after')).toEqual({ units: 10, by: ['a'] });
  });

  it('take nothing from a dated shipment for one without a day', () => {
    const covered = invoiceCoverage(
      [sent('unknown', 10, null), sent('dated', 10, '2026-02-01')],
      [bought('a', 10, '2026-01-01')],
    );
    expect(covered.get('dated')?.units).toBe(10);
    expect(covered.get('unknown')?.units).toBe(0);
  });
});

const day = fc.integer({ min: 1, max: 9 }).map((n) => `2026-01-0${n}`);
const units = fc.integer({ min: 0, max: 20 });
const shipments = fc
  .array(fc.tuple(units, day), { maxLength: 8 })
  .map((rows) => rows.map(([count, on], n) => sent(`s${n}`, count, on)));
const invoices = fc
  .array(fc.tuple(units, day), { maxLength: 8 })
  .map((rows) => rows.map(([count, on], n) => bought(`d${n}`, count, on)));
const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

describe('given any shipments and invoices', () => {
  it('then up to every day no more is covered than was invoiced by then, and no shipment over its units', () => {
    fc.assert(
      fc.property(shipments, invoices, (shipped, invoiced) => {
        const covered = invoiceCoverage(shipped, invoiced);
        for (const { shipmentId, units: count } of shipped) {
          expect(covered.get(shipmentId)?.units).toBeLessThanOrEqual(count);
        }
        for (let n = 1; n <= 9; n += 1) {
          const until = `2026-01-0${n}`;
          const upTo = shipped.filter((one) => one.day !== null && one.day <= until);
          const used = sum(upTo.map(({ shipmentId }) => covered.get(shipmentId)?.units ?? 0));
          const there = sum(
            invoiced.filter(({ issuedOn }) => issuedOn <= until).map((one) => one.units),
          );
          expect(used).toBeLessThanOrEqual(there);
        }
      }),
    );
  });

  it('then as much is covered as can be: what is left of invoices came too late for what is open', () => {
    fc.assert(
      fc.property(shipments, invoices, (shipped, invoiced) => {
        const covered = invoiceCoverage(shipped, invoiced);
        const total = sum([...covered.values()].map((one) => one.units));
        // The most that can be covered: day by day, what is there against what is open.
        let stock = 0;
        let most = 0;
        for (let n = 1; n <= 9; n += 1) {
          const today = `2026-01-0${n}`;
          stock += sum(invoiced.filter((one) => one.issuedOn === today).map((one) => one.units));
          const open = sum(shipped.filter((one) => one.day === today).map((one) => one.units));
          const used = Math.min(stock, open);
          stock -= used;
          most += used;
        }
        expect(total).toBe(most);
      }),
    );
  });

  it('then their order does not matter', () => {
    fc.assert(
      fc.property(shipments, invoices, (shipped, invoiced) => {
        const turned = invoiceCoverage(shipped.toReversed(), invoiced.toReversed());
        const units = invoiceCoverage(shipped, invoiced);
        for (const [shipmentId, one] of units) {
          expect(turned.get(shipmentId)?.units).toBe(one.units);
        }
      }),
    );
  });
});
