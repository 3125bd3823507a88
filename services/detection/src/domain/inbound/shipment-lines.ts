import { groupBy } from '@recoup/kernel';
import type { InboundItemFact } from '@recoup/contracts';
import { compareText, distinct, type Keyed, type LedgerRow, type ProductFacts } from '../facts.js';

/** One product in one shipment to Amazon: what was sent, what of it was received, and when. */
export interface ShipmentLine {
  readonly shipmentId: string;
  readonly status: string;
  readonly fnsku: string;
  readonly sku: string;
  readonly shipped: number;
  readonly received: number;
  /** What the ledger says of it: it may be ahead of the shipment, and agrees with it once all is told. */
  readonly booked: number;
  /** Units to a case; null where they were not packed in cases. */
  readonly inCase: number | null;
  /** Receipts of the product in this shipment, oldest first. */
  readonly receipts: readonly LedgerRow[];
  /** Receipts of the whole shipment, of whatever product: the only dates that Amazon gives it. */
  readonly ofShipment: readonly LedgerRow[];
  /** Units of other products received in it beyond what was sent of them, that no other product's want explains. */
  readonly misshipped: number;
  readonly sources: readonly { readonly kind: string; readonly key: string }[];
}

export type InboundFacts = Pick<
  ProductFacts,
  'ledger' | 'inboundItems' | 'inboundShipments' | 'shipmentMates' | 'mateReceipts'
>;

/** Lines by what they were made of: several detectors ask for those of one product, and a shipment may have hundreds. */
const made = new WeakMap<InboundFacts, readonly ShipmentLine[]>();

/**
 * The lines of a product, by shipment. A line of which Amazon does not tell what was sent or received is left out: unknown
 * is not zero. What is received is what the shipment or the ledger says, whichever is more.
 */
export function shipmentLines(facts: InboundFacts): readonly ShipmentLine[] {
  const lines = made.get(facts) ?? linesOf(facts);
  made.set(facts, lines);
  return lines;
}

function linesOf(facts: InboundFacts): readonly ShipmentLine[] {
  const shipments = new Map(
    distinct(facts.inboundShipments).map((one) => [one.data.shipmentId, one]),
  );
  const receipts = groupBy(distinct(facts.ledger).filter(isReceipt), receiptShipment);
  const others = groupBy(distinct(facts.mateReceipts).filter(isReceipt), receiptShipment);
  const own = groupBy(distinct(facts.inboundItems), ({ data }) => data.shipmentId);
  return [...own]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([shipmentId, items]) => {
      const shipment = shipments.get(shipmentId);
      const ofOthers = others.get(shipmentId) ?? [];
      const counts = countsOf(items, receipts.get(shipmentId) ?? []);
      const [first] = items;
      if (!shipment || !counts || !first) return [];
      const line: ShipmentLine = {
        ...counts,
        shipmentId,
        status: shipment.data.status.trim().toUpperCase(),
        fnsku: first.data.fnsku,
        sku: first.data.sku,
        inCase: caseOf(items),
        receipts: byDay(receipts.get(shipmentId) ?? []),
        // Only a line that is short asks for these, and of a shipment of many products they are dear.
        get ofShipment() {
          return byDay([...(receipts.get(shipmentId) ?? []), ...ofOthers]);
        },
        get misshipped() {
          const mates = facts.shipmentMates.filter(({ data }) => data.shipmentId === shipmentId);
          return misshipped(first.data.fnsku, distinct(mates), ofOthers);
        },
        sources: [
          ...items.map(({ key }) => ({ kind: 'inboundItem', key })),
          { kind: 'inboundShipment', key: shipment.key },
          ...(receipts.get(shipmentId) ?? []).map(({ key }) => ({ kind: 'ledger', key })),
        ],
      };
      return [line];
    });
}

const NOT_RECEIVED = new Set(['CANCELLED', 'CANCELED', 'DELETED', 'ERROR']);

/** Whether the shipment was given up before anything of it was received: then nothing was sent either. */
export function isCalledOff({ status, received }: ShipmentLine): boolean {
  return NOT_RECEIVED.has(status) && received === 0;
}

/** Whether a row of the ledger books units of a shipment in, or takes such a booking back. */
export function isReceipt({ data }: LedgerRow): boolean {
  return data.eventType.trim().toLowerCase().startsWith('receipt');
}

const receiptShipment = ({ data }: LedgerRow): string => data.referenceId;

type Items = readonly Keyed<InboundItemFact>[];

function countsOf(
  items: Items,
  rows: readonly LedgerRow[],
): Pick<ShipmentLine, 'shipped' | 'received' | 'booked'> | null {
  const booked = rows.reduce((sum, { data }) => sum + data.quantity, 0);
  let shipped = 0;
  let received = 0;
  for (const { data } of items) {
    if (data.quantityShipped === null || data.quantityReceived === null) return null;
    shipped += data.quantityShipped;
    received += data.quantityReceived;
  }
  return { shipped, received: Math.max(received, booked), booked };
}

function caseOf(items: Items): number | null {
  const sizes = new Set(items.map(({ data }) => data.quantityInCase ?? 0));
  const [only = 0] = sizes.size === 1 ? sizes : [];
  return only > 1 ? only : null;
}

/**
 * Units of this product that may have been booked in as another one of the same shipment. The surplus of the others explains
 * the wants of the shipment in the order of their FNSKUs, each unit of it once: whichever product is looked at, the
 * shipment's wants are explained alike.
 */
function misshipped(fnsku: string, mates: Items, rows: readonly LedgerRow[]): number {
  const rowsOf = groupBy(rows, ({ data }) => data.fnsku);
  let surplus = 0;
  let wantedBefore = 0;
  for (const [mate, items] of groupBy(mates, ({ data }) => data.fnsku)) {
    const counts = countsOf(items, rowsOf.get(mate) ?? []);
    if (!counts) continue;
    surplus += Math.max(0, counts.received - counts.shipped);
    if (mate < fnsku) wantedBefore += Math.max(0, counts.shipped - counts.received);
  }
  return Math.max(0, surplus - wantedBefore);
}

function byDay(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  return [...rows].sort((a, b) => compareText(a.data.day, b.data.day) || compareText(a.key, b.key));
}
