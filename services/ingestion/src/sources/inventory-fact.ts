import type { InventoryFact } from '@recoup/contracts';
import type { InventorySummary } from '../amazon/inventory.js';

/** The stock of one SKU in one marketplace. What Amazon leaves out stays null: unknown is not zero. */
export function inventoryFact(summary: InventorySummary, marketplaceId: string): InventoryFact {
  return {
    marketplaceId,
    sku: summary.sellerSku ?? '',
    fnsku: summary.fnSku ?? '',
    asin: summary.asin ?? '',
    condition: summary.condition ?? null,
    productName: summary.productName ?? '',
    totalQuantity: summary.totalQuantity,
    ...quantitiesOf(summary.inventoryDetails ?? {}),
    updatedAt: summary.lastUpdatedTime ?? null,
  };
}

/** The same product when Amazon's complete list has it no more: none of it is there, and that is known. */
export function goneFact(last: InventoryFact): InventoryFact {
  return { ...last, totalQuantity: 0, ...NONE };
}

type Details = NonNullable<InventorySummary['inventoryDetails']>;
type Quantities = Pick<
  InventoryFact,
  | 'fulfillable'
  | 'inboundWorking'
  | 'inboundShipped'
  | 'inboundReceiving'
  | 'reserved'
  | 'researching'
  | 'unfulfillable'
>;

function quantitiesOf(details: Details): Quantities {
  return {
    fulfillable: known(details.fulfillableQuantity),
    inboundWorking: known(details.inboundWorkingQuantity),
    inboundShipped: known(details.inboundShippedQuantity),
    inboundReceiving: known(details.inboundReceivingQuantity),
    reserved: known(details.reservedQuantity?.totalReservedQuantity),
    researching: known(details.researchingQuantity?.totalResearchingQuantity),
    unfulfillable: known(details.unfulfillableQuantity?.totalUnfulfillableQuantity),
  };
}

const NONE: Record<keyof Quantities, 0> = {
  fulfillable: 0,
  inboundWorking: 0,
  inboundShipped: 0,
  inboundReceiving: 0,
  reserved: 0,
  researching: 0,
  unfulfillable: 0,
};

function known(quantity: number | null | undefined): number | null {
  return quantity ?? null;
}
