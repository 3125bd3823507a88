import { groupBy } from '@recoup/kernel';
import {
  inboundItemFactSchema,
  inboundShipmentFactSchema,
  type InboundItemFact,
  type InboundShipmentFact,
  type LedgerFact,
  type RemovalOrderFact,
  type RemovalShipmentFact,
  type TransactionFact,
} from '@recoup/contracts';
import { identify, type FactData, type FactKind } from '@recoup/facts';
import { z } from 'zod';
import { DAYS_READ } from './ask-sandbox.js';
import { removalOrderFact, removalShipmentFact, type Row } from './sandbox-rows.js';
import { shipmentsOf } from '../src/adapters/shipments.js';
import type { Keyed, ProductFacts } from '../src/domain/facts.js';
import { shipmentNamedBy } from '../src/domain/inbound/shipment-charges.js';
import { isReceipt } from '../src/domain/inbound/shipment-lines.js';

/** How the simulated Amazon is asked as one seller. */
export interface AskAs {
  readonly marketplaceIds: readonly string[];
  readonly until: Date;
  get(path: string): Promise<unknown>;
  report(reportType: string): Promise<readonly Row[]>;
}

/** What it says of shipments to Amazon, and of removals. */
export interface ToldOfShipments {
  readonly shipments: readonly InboundShipmentFact[];
  readonly items: readonly InboundItemFact[];
  readonly removalOrders: readonly RemovalOrderFact[];
  readonly removalShipments: readonly RemovalShipmentFact[];
}

/** With the money that names a shipment. */
export interface SandboxShipments extends ToldOfShipments {
  readonly money: readonly TransactionFact[];
}

export async function readShipments(ask: AskAs): Promise<ToldOfShipments> {
  const orders = await ask.report('GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA');
  const parcels = await ask.report('GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA');
  const of = (path: string, name: string) =>
    Promise.all(ask.marketplaceIds.map((id) => pagesOf(ask, { path, name, id })));
  const shipments = await of('/fba/inbound/v0/shipments', 'ShipmentData');
  const items = await of('/fba/inbound/v0/shipmentItems', 'ItemData');
  return {
    shipments: shipments.flat().map(shipmentFact),
    items: items.flat().map(itemFact),
    removalOrders: orders.map(removalOrderFact),
    removalShipments: parcels.map(removalShipmentFact),
  };
}

const DAY_MS = 86_400_000;
const pageSchema = z.object({ payload: z.record(z.string(), z.unknown()) });
const recordsSchema = z.array(z.record(z.string(), z.unknown()));

async function pagesOf(
  { get, until }: AskAs,
  { path, name, id }: { readonly path: string; readonly name: string; readonly id: string },
): Promise<z.infer<typeof recordsSchema>> {
  const rows: z.infer<typeof recordsSchema> = [];
  const LastUpdatedAfter = new Date(until.getTime() - DAYS_READ * DAY_MS).toISOString();
  const dates = {
    QueryType: 'DATE_RANGE',
    LastUpdatedAfter,
    LastUpdatedBefore: until.toISOString(),
  };
  for (let query: Record<string, string> = dates; ;) {
    const asked = new URLSearchParams({ MarketplaceId: id, ...query }).toString();
    const { payload } = pageSchema.parse(await get(`${path}?${asked}`));
    rows.push(...recordsSchema.parse(payload[name]));
    const token = z.string().optional().parse(payload['NextToken']);
    if (token === undefined) return rows;
    query = { QueryType: 'NEXT_TOKEN', NextToken: token };
  }
}

type Told = z.infer<typeof recordsSchema>[number];

function shipmentFact(one: Told): InboundShipmentFact {
  return inboundShipmentFactSchema.parse({
    ...{ shipmentId: one['ShipmentId'], name: one['ShipmentName'], status: one['ShipmentStatus'] },
    ...{ destination: one['DestinationFulfillmentCenterId'], shipFromCountry: null },
    ...{ labelPreparation: null, boxContentsSource: null },
  });
}

function itemFact(one: Told): InboundItemFact {
  return inboundItemFactSchema.parse({
    ...{ shipmentId: one['ShipmentId'], sku: one['SellerSKU'] },
    ...{ fnsku: one['FulfillmentNetworkSKU'], quantityShipped: one['QuantityShipped'] },
    ...{ quantityReceived: one['QuantityReceived'], quantityInCase: one['QuantityInCase'] },
  });
}

function keyed<K extends FactKind>(kind: K, rows: readonly FactData[K][]): Keyed<FactData[K]>[] {
  return identify(kind, rows) as Keyed<FactData[K]>[];
}

type FactsOfShipments = Pick<
  ProductFacts,
  | 'inboundItems'
  | 'inboundShipments'
  | 'shipmentMates'
  | 'mateReceipts'
  | 'removalOrders'
  | 'removalShipments'
  | 'transactions'
>;

/** What shipments and removals are to a product of some FNSKUs, with the money of its shipments. */
export function bookOfShipments(
  all: SandboxShipments,
  ledger: readonly Keyed<LedgerFact>[],
): (fnskus: ReadonlySet<string>) => FactsOfShipments {
  const items = keyed('inboundItem', all.items);
  const orders = keyed('removalOrder', all.removalOrders);
  const parcels = keyed('removalShipment', all.removalShipments);
  const money = groupBy(keyed('transaction', all.money), ({ data }) => shipmentNamedBy(data) ?? '');
  const joined = {
    items: groupBy(items, ({ data }) => data.shipmentId),
    shipments: groupBy(keyed('inboundShipment', all.shipments), ({ data }) => data.shipmentId),
    receipts: groupBy(ledger.filter(isReceipt), ({ data }) => data.referenceId),
  };
  return (fnskus) => {
    const inboundItems = items.filter(({ data }) => fnskus.has(data.fnsku));
    const ids = new Set(inboundItems.map(({ data }) => data.shipmentId));
    return {
      inboundItems,
      ...shipmentsOf(fnskus, ids, joined),
      removalOrders: orders.filter(({ data }) => fnskus.has(data.fnsku)),
      removalShipments: parcels.filter(({ data }) => fnskus.has(data.fnsku)),
      transactions: [...ids].flatMap((id) => money.get(id) ?? []),
    };
  };
}
