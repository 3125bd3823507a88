import { groupBy } from '@recoup/kernel';
import { readByMember, readGroups, readGroupsOf } from '@recoup/facts';
import type {
  InboundItemFact,
  InboundShipmentFact,
  LedgerFact,
  TransactionFact,
} from '@recoup/contracts';
import type { Pool } from 'pg';
import type { Keyed, ProductFacts } from '../domain/facts.js';
import { shipmentNamedBy } from '../domain/inbound/shipment-charges.js';
import type { FactsQuery } from './products.js';

type ByShipment<T> = ReadonlyMap<string, readonly Keyed<T>[]>;

/** Money that moved for shipments to Amazon. There is no more of it than a few charges a shipment. */
export type ShipmentMoney = ByShipment<TransactionFact>;

const SHIPMENT_MONEY = ['ServiceFee', 'Adjustment'];

/** Fees and adjustments that name no product are kept by their day: those that name a shipment, by shipment. */
export async function readShipmentMoney(pool: Pool, query: FactsQuery): Promise<ShipmentMoney> {
  const kinds = SHIPMENT_MONEY.map((prefix) =>
    readGroupsOf(pool, { ...query, kind: 'transaction', prefix }),
  );
  return shipmentMoney((await Promise.all(kinds)).flat());
}

/** What of these transactions names a shipment, by shipment. */
export function shipmentMoney(transactions: readonly Keyed<TransactionFact>[]): ShipmentMoney {
  const named = transactions.filter(({ data }) => shipmentNamedBy(data) !== null);
  return groupBy(named, ({ data }) => shipmentNamedBy(data) ?? '');
}

/** Shipments to Amazon with all that was in them, of whatever product, and what the ledger says was received of it. */
export interface Shipments {
  readonly shipments: ByShipment<InboundShipmentFact>;
  readonly items: ByShipment<InboundItemFact>;
  readonly receipts: ByShipment<LedgerFact>;
}

export async function readShipments(
  pool: Pool,
  query: FactsQuery,
  ids: readonly string[],
): Promise<Shipments> {
  const [shipments, items, receipts] = await Promise.all([
    readGroups(pool, { ...query, kinds: ['inboundShipment'], groups: ids }),
    readByMember(pool, { ...query, kind: 'inboundItem', values: ids }),
    readByMember(pool, { ...query, kind: 'ledger', values: ids }),
  ]);
  return {
    shipments: groupBy(
      shipments.filter((one) => one.kind === 'inboundShipment'),
      ({ data }) => data.shipmentId,
    ),
    items: groupBy(items, ({ data }) => data.shipmentId),
    receipts: groupBy(receipts, ({ data }) => data.referenceId),
  };
}

/** What of the shipments that a product was in is not its own. */
export function shipmentsOf(
  fnskus: ReadonlySet<string>,
  ids: ReadonlySet<string>,
  { shipments, items, receipts }: Shipments,
): Pick<ProductFacts, 'inboundShipments' | 'shipmentMates' | 'mateReceipts'> {
  const of = <T>(map: ByShipment<T>) => [...ids].flatMap((id) => map.get(id) ?? []);
  return {
    inboundShipments: of(shipments),
    shipmentMates: of(items).filter(({ data }) => !fnskus.has(data.fnsku)),
    mateReceipts: of(receipts).filter(({ data }) => !fnskus.has(data.fnsku)),
  };
}
