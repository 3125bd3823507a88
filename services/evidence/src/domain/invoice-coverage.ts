/** Units of one product that were sent to Amazon in one shipment. */
export interface ShippedUnits {
  readonly shipmentId: string;
  readonly units: number;
  /**
   * The day of its first receipt, before which it was sent: Amazon tells no day of sending. Null where nothing of it was
   * received, so that any invoice may be older.
   */
  readonly day: string | null;
}

/** Units of that product on one invoice. */
export interface InvoicedUnits {
  readonly documentId: string;
  readonly issuedOn: string;
  readonly units: number;
}

/** How far a shipment is covered, and by which documents. */
export interface Covered {
  readonly units: number;
  readonly by: readonly string[];
}

/**
 * Which invoiced units stand for which shipped ones, first in first out: an invoice covers shipments from its day on, and
 * each of its units one shipped unit, over all shipments. So cumulative invoiced units are never less than cumulative
 * shipped ones in what is covered (shipment reconciliation: invoices must cover the quantity sent).
 */
export function invoiceCoverage(
  shipped: readonly ShippedUnits[],
  invoiced: readonly InvoicedUnits[],
): ReadonlyMap<string, Covered> {
  const left = invoiced
    .toSorted((a, b) => compare(a.issuedOn, b.issuedOn) || compare(a.documentId, b.documentId))
    .map((invoice) => ({ ...invoice }));
  const covered = new Map<string, Covered>();
  for (const { shipmentId, units, day } of shipped.toSorted(byDay)) {
    const by: string[] = [];
    let open = units;
    for (const invoice of left) {
      const used = day === null || invoice.issuedOn <= day ? Math.min(open, invoice.units) : 0;
      if (used === 0) continue;
      invoice.units -= used;
      open -= used;
      by.push(invoice.documentId);
    }
    covered.set(shipmentId, { units: units - open, by: [...new Set(by)] });
  }
  return covered;
}

/** What has no day comes last: it takes nothing from those that have one. */
function byDay(a: ShippedUnits, b: ShippedUnits): number {
  if (a.day !== b.day) return a.day === null ? 1 : b.day === null ? -1 : compare(a.day, b.day);
  return compare(a.shipmentId, b.shipmentId);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
