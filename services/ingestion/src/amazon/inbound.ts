import { z } from 'zod';
import { pages } from './pages.js';
import type { Caller } from './rate-limiter.js';
import type { SpApiClient } from './sp-api-client.js';

export const inboundShipmentSchema = z.object({
  ShipmentId: z.string().min(1),
  ShipmentName: z.string().nullish(),
  DestinationFulfillmentCenterId: z.string().nullish(),
  ShipmentStatus: z.string().min(1),
  LabelPrepType: z.string().nullish(),
  BoxContentsSource: z.string().nullish(),
  // The rest of the address is left where it is.
  ShipFromAddress: z.object({ CountryCode: z.string().nullish() }).nullish(),
});
export type InboundShipment = z.infer<typeof inboundShipmentSchema>;

export const inboundItemSchema = z.object({
  ShipmentId: z.string().nullish(),
  SellerSKU: z.string(),
  FulfillmentNetworkSKU: z.string().nullish(),
  QuantityShipped: z.int().nullish(),
  QuantityReceived: z.int().nullish(),
  QuantityInCase: z.int().nullish(),
});
export type InboundItem = z.infer<typeof inboundItemSchema>;

const token = { NextToken: z.string().nullish() };

export const shipmentsSchema = z.object({
  payload: z.object({ ShipmentData: z.array(inboundShipmentSchema).nullish(), ...token }),
});
export const shipmentItemsSchema = z.object({
  payload: z.object({ ItemData: z.array(inboundItemSchema).nullish(), ...token }),
});

/** States in which a shipment is on its way or being received: what was received of it is not final. */
export const UNDER_WAY = ['SHIPPED', 'IN_TRANSIT', 'DELIVERED', 'CHECKED_IN', 'RECEIVING'] as const;

/** Both included. */
export interface UpdatedWithin {
  readonly updatedFrom: Date;
  readonly updatedTo: Date;
}

/** Which shipments: changed between two instants, or those in one of some states. */
export type ShipmentFilter = UpdatedWithin | { readonly states: readonly string[] };

export interface Inbound {
  readonly client: SpApiClient;
  readonly caller: Caller;
  readonly marketplaceId: string;
}

/** Shipments to Amazon. Throws what the client throws. */
export function inboundShipments(
  { client, caller, marketplaceId }: Inbound,
  filter: ShipmentFilter,
): AsyncGenerator<readonly InboundShipment[]> {
  return pages(async (token) => {
    const query = queryOf({ marketplaceId, filter, token });
    const call = { operation: 'getShipments', query } as const;
    const { payload } = await client.call(caller, call, shipmentsSchema);
    return { rows: payload.ShipmentData ?? [], nextToken: payload.NextToken ?? null };
  });
}

/** What is in shipments, by when it was last changed: shipped and received quantities. */
export function changedItems(
  { client, caller, marketplaceId }: Inbound,
  filter: UpdatedWithin,
): AsyncGenerator<readonly InboundItem[]> {
  return pages(async (token) => {
    const query = queryOf({ marketplaceId, filter, token });
    const call = { operation: 'getShipmentItems', query } as const;
    const { payload } = await client.call(caller, call, shipmentItemsSchema);
    return { rows: payload.ItemData ?? [], nextToken: payload.NextToken ?? null };
  });
}

/** What is in one shipment. */
export async function itemsOfShipment(
  { client, caller }: Inbound,
  shipmentId: string,
): Promise<readonly InboundItem[]> {
  const call = { operation: 'getShipmentItemsByShipmentId', path: { shipmentId } } as const;
  const { payload } = await client.call(caller, call, shipmentItemsSchema);
  return payload.ItemData ?? [];
}

/** The first page is asked for by a filter, the others by their token alone. */
function queryOf({
  marketplaceId: MarketplaceId,
  filter,
  token,
}: {
  readonly marketplaceId: string;
  readonly filter: ShipmentFilter;
  readonly token: string | undefined;
}): Readonly<Record<string, string | readonly string[]>> {
  if (token !== undefined) return { MarketplaceId, QueryType: 'NEXT_TOKEN', NextToken: token };
  if ('states' in filter) {
    return { MarketplaceId, QueryType: 'SHIPMENT', ShipmentStatusList: filter.states };
  }
  return {
    MarketplaceId,
    QueryType: 'DATE_RANGE',
    LastUpdatedAfter: filter.updatedFrom.toISOString(),
    LastUpdatedBefore: filter.updatedTo.toISOString(),
  };
}
