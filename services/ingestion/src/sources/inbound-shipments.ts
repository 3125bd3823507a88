import {
  changedItems,
  inboundShipments,
  itemsOfShipment,
  UNDER_WAY,
  type Inbound,
  type InboundItem,
  type UpdatedWithin,
} from '../amazon/inbound.js';
import { inboundItemFact, inboundShipmentFact } from './inbound-fact.js';
import { readPages } from './read-pages.js';
import type { FactSink, Source } from './source.js';

/**
 * Shipments to Amazon with what was shipped and what was received of each product, one marketplace a window. By
 * Fulfillment Inbound v0: its successor does not tell what was received.
 *
 * A window reads what was changed in it, shipments and items each by their own time. What is under way is read in every
 * window, whenever it was changed: that is what changes for months, and nothing documents that each unit which is counted
 * changes its shipment too. What is closed is read again only when it changes, so a look-back of days is enough.
 */
export const inboundByShipments: Source = {
  resource: 'inboundShipments',
  route: 'fulfillmentInbound-v0',
  family: 'v0',
  counts: 'inboundShipment',
  concurrency: 1,
  demand: () => ({ getShipments: 2, getShipmentItems: 1 }),
  async read({ client, caller }, { scope, from, to }, sink) {
    const inbound = { client, caller, marketplaceId: scope };
    const open = () => everything(inbound, { updatedFrom: from, updatedTo: to });
    await readPages(sink, open, (parts) => write(sink, parts));
  },
};

type Part =
  | { readonly shipment: ReturnType<typeof inboundShipmentFact> }
  | { readonly item: ReturnType<typeof inboundItemFact> };

async function* everything(
  inbound: Inbound,
  window: UpdatedWithin,
): AsyncGenerator<readonly Part[]> {
  const toRead = new Set<string>();
  for (const filter of [window, { states: UNDER_WAY }]) {
    for await (const page of inboundShipments(inbound, filter)) {
      for (const { ShipmentId } of page) toRead.add(ShipmentId);
      yield page.map((shipment) => ({ shipment: inboundShipmentFact(shipment) }));
      if (filter === window) continue;
      // At once, while the page is at hand: what is under way is read as a whole.
      for (const { ShipmentId } of page) {
        toRead.delete(ShipmentId);
        yield partsOf(await itemsOfShipment(inbound, ShipmentId), ShipmentId);
      }
    }
  }
  for await (const page of changedItems(inbound, window)) {
    const parts = partsOf(page);
    for (const { item } of parts) toRead.delete(item.shipmentId);
    yield parts;
  }
  // Changed, but none of its items was: they may be older than all that is read.
  for (const id of toRead) yield partsOf(await itemsOfShipment(inbound, id), id);
}

function partsOf(items: readonly InboundItem[], shipmentId?: string) {
  return items.map((item) => ({ item: inboundItemFact(item, shipmentId) }));
}

async function write(sink: FactSink, parts: readonly Part[]): Promise<void> {
  const shipments = parts.flatMap((part) => ('shipment' in part ? [part.shipment] : []));
  const items = parts.flatMap((part) => ('item' in part ? [part.item] : []));
  const given = <D>(data: readonly D[]) => data.map((one) => ({ data: one, raw: null }));
  if (shipments.length > 0) await sink.write('inboundShipment', given(shipments));
  if (items.length > 0) await sink.write('inboundItem', given(items));
}
