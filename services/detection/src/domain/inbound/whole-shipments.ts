import { groupBy } from '@recoup/kernel';
import type { InboundItemFact, InboundShipmentFact, SourceRef } from '@recoup/contracts';
import type { MarketplaceRow } from '@recoup/domain';
import { marketplaceOfCountry, marketplacesOf } from '@recoup/domain';
import { compareText, distinct, type Keyed, type LedgerRow } from '../facts.js';
import type { ProductKey } from '../product-key.js';
import { shipmentCharges } from './shipment-charges.js';
import { isReceipt } from './shipment-lines.js';

/** A shipment to Amazon with all its products: looked at with the first of them, so that it is seen once. */
export interface WholeShipment {
  readonly shipmentId: string;
  /** In capitals. */
  readonly status: string;
  readonly shipment: Keyed<InboundShipmentFact>;
  /** Of the product that it is looked at with. */
  readonly first: Keyed<InboundItemFact>;
  readonly items: readonly Keyed<InboundItemFact>[];
  /** Oldest first. */
  readonly receipts: readonly LedgerRow[];
  /** Days on which money moved for it, oldest first. */
  readonly charged: readonly string[];
  readonly marketplace: MarketplaceRow;
}

/** The shipments of which a product is the first, in the order of FNSKUs. */
export function wholeShipments({ facts, network }: ProductKey): readonly WholeShipment[] {
  if (facts.inboundShipments.length === 0) return [];
  const own = groupBy(distinct(facts.inboundItems), ({ data }) => data.shipmentId);
  const mates = groupBy(distinct(facts.shipmentMates), ({ data }) => data.shipmentId);
  const rows = distinct([...facts.ledger, ...facts.mateReceipts]).filter(isReceipt);
  const receipts = groupBy(rows, ({ data }) => data.referenceId);
  const charges = groupBy(shipmentCharges(facts), ({ shipmentId }) => shipmentId);
  return distinct(facts.inboundShipments).flatMap((shipment) => {
    const { shipmentId, status } = shipment.data;
    const [first, ...more] = byFnsku(own.get(shipmentId) ?? []);
    const others = mates.get(shipmentId) ?? [];
    if (!first || others.some(({ data }) => data.fnsku < first.data.fnsku)) return [];
    const received = [...(receipts.get(shipmentId) ?? [])].sort((a, b) =>
      compareText(a.data.day, b.data.day),
    );
    const at = received[0] && marketplaceOfCountry(received[0].data.country);
    const marketplace = at ?? marketplacesOf(network)[0];
    if (!marketplace) return [];
    return [
      {
        ...{ shipmentId, status: status.trim().toUpperCase(), shipment, first, marketplace },
        items: [first, ...more, ...others],
        receipts: received,
        charged: (charges.get(shipmentId) ?? []).map(
          ({ transaction }) => transaction.data.postedDay,
        ),
      },
    ];
  });
}

function byFnsku(items: readonly Keyed<InboundItemFact>[]) {
  return [...items].sort((a, b) => compareText(a.data.fnsku, b.data.fnsku));
}

/** The first day that the ledger or an account gives a shipment; null where nothing dates it. */
export function firstDayOf({ receipts, charged }: WholeShipment): string | null {
  return receipts[0]?.data.day ?? charged[0] ?? null;
}

/** What a shipment, as a whole, rests on. */
export function sourcesOf({ shipment, items, receipts }: WholeShipment): readonly SourceRef[] {
  return [
    { kind: 'inboundShipment', key: shipment.key },
    ...items.map(({ key }) => ({ kind: 'inboundItem', key })),
    ...receipts.map(({ key }) => ({ kind: 'ledger', key })),
  ];
}
