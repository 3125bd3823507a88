import { z } from 'zod';
import { checkMarketplaces, flag, instant, list, parse } from '../wire/query.js';
import { ok, type Answer, type Call, type Operation } from '../wire/operation.js';
import { invalidInput } from '../wire/sp-api-error.js';
import type { InventoryItem } from '../world/inventory.js';

/** Amazon documents no page size; this is what is seen in practice. */
const PAGE = 50;
/** 18 months, as the model allows for startDateTime. */
const OLDEST_MS = 548 * 86_400_000;

const querySchema = z.strictObject({
  granularityType: z.literal('Marketplace'),
  granularityId: z.string(),
  marketplaceIds: list(z.string(), 1),
  details: flag.default(false),
  startDateTime: instant.optional(),
  sellerSkus: list(z.string(), 50).optional(),
  sellerSku: z.string().optional(),
  nextToken: z.string().optional(),
});
const cursorSchema = z.object({ at: z.int() });

export const getInventorySummaries: Operation = {
  name: 'getInventorySummaries',
  method: 'GET',
  path: '/fba/inventory/v1/summaries',
  handle,
};

function handle({ deps, operation, sellerId, world, nowMs, query }: Call): Answer {
  const { nextToken: token, ...others } = query;
  const asked = parse(querySchema, query);
  checkMarketplaces([...asked.marketplaceIds, asked.granularityId], world.seller);
  if (asked.marketplaceIds[0] !== asked.granularityId) {
    throw invalidInput('granularityId must be the marketplace of marketplaceIds.', 'granularityId');
  }
  if (asked.startDateTime !== undefined && asked.startDateTime < nowMs - OLDEST_MS) {
    throw invalidInput('startDateTime must not be earlier than 18 months ago.', 'startDateTime');
  }
  const about = { operation, sellerId, query: others, nowMs };
  const at = typeof token === 'string' ? deps.pages.read(token, about, cursorSchema).at : 0;
  const wanted = world.inventory.filter(
    ({ product, updatedMs }) =>
      product.marketplace.id === asked.granularityId &&
      (asked.sellerSkus?.includes(product.sku) ?? true) &&
      (asked.sellerSku === undefined || asked.sellerSku === product.sku) &&
      updatedMs >= (asked.startDateTime ?? 0),
  );
  const end = at + PAGE;
  return ok({
    payload: {
      granularity: { granularityType: 'Marketplace', granularityId: asked.granularityId },
      inventorySummaries: wanted.slice(at, end).map((item) => summary(item, asked.details)),
    },
    ...(end < wanted.length
      ? { pagination: { nextToken: deps.pages.issue(about, { at: end }) } }
      : {}),
  });
}

function summary(item: InventoryItem, details: boolean) {
  const { product } = item;
  const reserved = item.customerOrders + item.transfers;
  const total =
    item.fulfillable +
    item.inboundShipped +
    item.inboundReceiving +
    reserved +
    item.researching +
    unsellable(item);
  return {
    asin: product.asin,
    fnSku: product.fnsku,
    sellerSku: product.sku,
    condition: 'NewItem',
    ...(details ? { inventoryDetails: detailsOf(item) } : {}),
    lastUpdatedTime: new Date(item.updatedMs).toISOString(),
    productName: product.title,
    totalQuantity: total,
    stores: [],
  };
}

function detailsOf(item: InventoryItem) {
  return {
    fulfillableQuantity: item.fulfillable,
    inboundWorkingQuantity: 0,
    inboundShippedQuantity: item.inboundShipped,
    inboundReceivingQuantity: item.inboundReceiving,
    reservedQuantity: {
      totalReservedQuantity: item.customerOrders + item.transfers,
      pendingCustomerOrderQuantity: item.customerOrders,
      pendingTransshipmentQuantity: item.transfers,
      fcProcessingQuantity: 0,
    },
    researchingQuantity: {
      totalResearchingQuantity: item.researching,
      researchingQuantityBreakdown: [
        { name: 'researchingQuantityInShortTerm', quantity: item.researching },
        { name: 'researchingQuantityInMidTerm', quantity: 0 },
        { name: 'researchingQuantityInLongTerm', quantity: 0 },
      ],
    },
    unfulfillableQuantity: {
      totalUnfulfillableQuantity: unsellable(item),
      customerDamagedQuantity: item.customerDamaged,
      warehouseDamagedQuantity: item.warehouseDamaged,
      distributorDamagedQuantity: item.distributorDamaged,
      carrierDamagedQuantity: item.carrierDamaged,
      defectiveQuantity: item.defective,
      expiredQuantity: item.expired,
    },
  };
}

function unsellable(item: InventoryItem): number {
  const damaged = item.customerDamaged + item.warehouseDamaged + item.carrierDamaged;
  return damaged + item.distributorDamaged + item.defective + item.expired;
}
