import { groupBy } from '@recoup/kernel';
import type { RemovalOrderFact } from '@recoup/contracts';
import { compareText, distinct, type Keyed, type LedgerRow, type ProductFacts } from '../facts.js';
import { isSellable } from '../warehouse/ledger-codes.js';

/** What of one product, sellable or not, the seller ordered back, and what became of it. */
export interface RemovalLine {
  /** The order's number with the state of the units. */
  readonly name: string;
  readonly orderId: string;
  readonly fnsku: string;
  readonly sku: string;
  readonly sellable: boolean;
  /** Amazon has done with it. */
  readonly completed: boolean;
  readonly requested: number;
  /** Null where one of its columns is empty, which is not "nothing". */
  readonly cancelled: number | null;
  readonly disposed: number | null;
  readonly shipped: number | null;
  readonly inProcess: number | null;
  /** Units that left stock under its number; null where no row of the ledger names it. */
  readonly leftStock: number | null;
  /** The country whose stock they left, where the ledger tells. */
  readonly country: string | null;
  readonly currency: string | null;
  /** Units of its parcels, and when the first of them left. */
  readonly inParcels: number;
  readonly firstShippedAt: string | null;
  readonly updatedAt: string | null;
  readonly sources: readonly { readonly kind: string; readonly key: string }[];
}

export type RemovalFacts = Pick<ProductFacts, 'ledger' | 'removalOrders' | 'removalShipments'>;

/** The orders by which units were to be sent back to the seller, by order and state of the units. */
export function removalLines(facts: RemovalFacts): readonly RemovalLine[] {
  const orders = distinct(facts.removalOrders).filter(({ data }) => isReturn(data.orderType));
  const left = groupBy(distinct(facts.ledger).filter(leavesForSeller), ({ data }) =>
    nameOf(data.referenceId, isSellable(data)),
  );
  const parcels = groupBy(distinct(facts.removalShipments), ({ data }) =>
    nameOf(data.orderId, isSellableWord(data.disposition)),
  );
  const groups = groupBy(orders, ({ data }) =>
    nameOf(data.orderId, isSellableWord(data.disposition)),
  );
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([name, lines]) => {
      const [first] = lines;
      if (!first) return [];
      const rows = left.get(name) ?? [];
      const boxes = parcels.get(name) ?? [];
      return [
        {
          name,
          orderId: first.data.orderId,
          fnsku: first.data.fnsku,
          sku: first.data.sku,
          sellable: isSellableWord(first.data.disposition),
          ...countsOf(lines),
          leftStock: rows.length > 0 ? -sum(rows.map(({ data }) => data.quantity)) : null,
          country: rows[0]?.data.country ?? null,
          currency: lines.find(({ data }) => data.currency !== null)?.data.currency ?? null,
          inParcels: sum(boxes.map(({ data }) => data.quantity)),
          firstShippedAt: boxes.map(({ data }) => data.shippedAt).sort(compareText)[0] ?? null,
          sources: [
            ...lines.map(({ key }) => ({ kind: 'removalOrder', key })),
            ...boxes.map(({ key }) => ({ kind: 'removalShipment', key })),
            ...rows.map(({ key }) => ({ kind: 'ledger', key })),
          ],
        },
      ];
    });
}

function countsOf(lines: readonly Keyed<RemovalOrderFact>[]) {
  const all = (column: (data: RemovalOrderFact) => number | null): number | null => {
    const values = lines.map(({ data }) => column(data));
    return values.includes(null) ? null : sum(values.map((value) => value ?? 0));
  };
  return {
    completed: lines.every(({ data }) => data.status.trim().toLowerCase() === 'completed'),
    requested: sum(lines.map(({ data }) => data.requestedQuantity)),
    cancelled: all((data) => data.cancelledQuantity),
    disposed: all((data) => data.disposedQuantity),
    shipped: all((data) => data.shippedQuantity),
    inProcess: all((data) => data.inProcessQuantity),
    updatedAt:
      lines
        .map(({ data }) => data.updatedAt ?? '')
        .sort(compareText)
        .at(-1) || null,
  };
}

function leavesForSeller({ data }: LedgerRow): boolean {
  return data.eventType.trim().toLowerCase().startsWith('vendorreturn');
}

function isReturn(orderType: string): boolean {
  return orderType.trim().toLowerCase() === 'return';
}

/** The reports of removals know sellable and unsellable only. */
export function isSellableWord(disposition: string): boolean {
  return disposition.trim().toLowerCase() === 'sellable';
}

function nameOf(orderId: string, sellable: boolean): string {
  return `${orderId} ${sellable ? 'sellable' : 'unsellable'}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
