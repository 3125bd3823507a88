import { z } from 'zod';
import type { InboundItem, InboundShipment } from '../world/inbound.js';
import type { World } from '../world/world.js';
import { ok, type Answer, type Call, type Operation } from '../wire/operation.js';
import { checkMarketplaces, instant, list, parse } from '../wire/query.js';
import { invalidInput } from '../wire/sp-api-error.js';

/** Amazon documents no page size. */
const PAGE = 50;

const STATES = [
  ...(['WORKING', 'READY_TO_SHIP', 'SHIPPED', 'RECEIVING', 'CANCELLED', 'DELETED'] as const),
  ...(['CLOSED', 'ERROR', 'IN_TRANSIT', 'DELIVERED', 'CHECKED_IN'] as const),
] as const;

const dates = { LastUpdatedAfter: instant.optional(), LastUpdatedBefore: instant.optional() };
const shipmentsSchema = z.strictObject({
  MarketplaceId: z.string(),
  QueryType: z.enum(['SHIPMENT', 'DATE_RANGE', 'NEXT_TOKEN']),
  ShipmentStatusList: list(z.enum(STATES), STATES.length).optional(),
  ShipmentIdList: list(z.string(), 50).optional(),
  NextToken: z.string().optional(),
  ...dates,
});
const itemsSchema = z.strictObject({
  MarketplaceId: z.string(),
  QueryType: z.enum(['DATE_RANGE', 'NEXT_TOKEN']),
  NextToken: z.string().optional(),
  ...dates,
});

/** What the first page was asked for: later ones name the marketplace and the token only. */
const askedSchema = z.object({
  from: z.number().nullable(),
  to: z.number().nullable(),
  states: z.array(z.string()).nullable(),
  ids: z.array(z.string()).nullable(),
});
type Asked = z.infer<typeof askedSchema>;
const cursorSchema = z.object({ at: z.int(), asked: askedSchema });

export const getShipments: Operation = {
  name: 'getShipments',
  method: 'GET',
  path: '/fba/inbound/v0/shipments',
  handle: (call) => {
    const query = parse(shipmentsSchema, call.query);
    const { rows, NextToken } = page(call, query, (asked) =>
      shipmentsOf(call.world, query.MarketplaceId).filter(
        ({ id, status, updatedMs }) =>
          isWithin(updatedMs, asked) &&
          (asked.states?.includes(status) ?? true) &&
          (asked.ids?.includes(id) ?? true),
      ),
    );
    return ok({ payload: { ShipmentData: rows.map((one) => shipmentView(one)), ...NextToken } });
  },
};

export const getShipmentItems: Operation = {
  name: 'getShipmentItems',
  method: 'GET',
  path: '/fba/inbound/v0/shipmentItems',
  handle: (call) => {
    const query = parse(itemsSchema, call.query);
    const { rows, NextToken } = page(call, query, (asked) =>
      shipmentsOf(call.world, query.MarketplaceId)
        .flatMap(({ id, items }) => items.map((item) => ({ id, item })))
        .filter(({ item }) => isWithin(item.updatedMs, asked)),
    );
    const ItemData = rows.map(({ id, item }) => shipmentItemView(id, item));
    return ok({ payload: { ItemData, ...NextToken } });
  },
};

export const getShipmentItemsByShipmentId: Operation = {
  name: 'getShipmentItemsByShipmentId',
  method: 'GET',
  path: '/fba/inbound/v0/shipments/:shipmentId/items',
  handle: ({ world, params, query }): Answer => {
    parse(z.strictObject({ MarketplaceId: z.string().optional() }), query);
    const id = params['shipmentId'] ?? '';
    const shipment = world.inbound.find((one) => one.id === id);
    if (!shipment) throw invalidInput(`Shipment ${id} does not exist.`, 'shipmentId');
    return ok({ payload: { ItemData: shipment.items.map((item) => shipmentItemView(id, item)) } });
  },
};

type Query = z.infer<typeof shipmentsSchema>;

function page<T>(
  { deps, operation, sellerId, nowMs, world }: Call,
  query: Query,
  read: (asked: Asked) => readonly T[],
): { rows: readonly T[]; NextToken: { readonly NextToken?: string } } {
  checkMarketplaces([query.MarketplaceId], world.seller);
  const about = { operation, sellerId, query: { MarketplaceId: query.MarketplaceId }, nowMs };
  const cursor =
    query.QueryType === 'NEXT_TOKEN'
      ? deps.pages.read(query.NextToken ?? '', about, cursorSchema)
      : { at: 0, asked: askedOf(query) };
  const all = read(cursor.asked);
  const end = cursor.at + PAGE;
  const NextToken =
    end < all.length ? { NextToken: deps.pages.issue(about, { ...cursor, at: end }) } : {};
  return { rows: all.slice(cursor.at, end), NextToken };
}

function askedOf(query: Query): Asked {
  const { LastUpdatedAfter: from = null, LastUpdatedBefore: to = null } = query;
  if (query.QueryType === 'DATE_RANGE') {
    if (from === null || to === null) {
      throw invalidInput('DATE_RANGE needs LastUpdatedAfter and LastUpdatedBefore.', 'QueryType');
    }
    return { from, to, states: null, ids: null };
  }
  const { ShipmentStatusList: states = null, ShipmentIdList: ids = null } = query;
  if (states === null && ids === null) {
    throw invalidInput('SHIPMENT needs ShipmentStatusList or ShipmentIdList.', 'QueryType');
  }
  return { from: null, to: null, states, ids };
}

/** "After (or at)", "before (or at)". */
function isWithin(ms: number, { from, to }: Asked): boolean {
  return ms >= (from ?? ms) && ms <= (to ?? ms);
}

function shipmentsOf({ inbound }: World, marketplaceId: string): readonly InboundShipment[] {
  return inbound.filter(({ marketplace }) => marketplace.id === marketplaceId);
}

/** Amazon’s `InboundShipmentInfo`. */
export function shipmentView(shipment: InboundShipment): object {
  return {
    ShipmentId: shipment.id,
    ShipmentName: shipment.name,
    ShipFromAddress: {
      Name: 'Harbor Pine Goods',
      AddressLine1: '12 Wharf Street',
      City: 'Portland',
      StateOrProvinceCode: 'OR',
      CountryCode: 'US',
      PostalCode: '97204',
    },
    DestinationFulfillmentCenterId: shipment.center,
    ShipmentStatus: shipment.status,
    LabelPrepType: 'SELLER_LABEL',
    AreCasesRequired: false,
    BoxContentsSource: 'FEED',
  };
}

/** Amazon’s `InboundShipmentItem`. */
export function shipmentItemView(
  shipmentId: string,
  { product, shipped, received }: InboundItem,
): object {
  return {
    ShipmentId: shipmentId,
    SellerSKU: product.sku,
    FulfillmentNetworkSKU: product.fnsku,
    QuantityShipped: shipped,
    QuantityReceived: received,
    QuantityInCase: 0,
  };
}
