import { randomFrom, seedOf } from '../random.js';
import type { Balances } from './balances.js';
import type { Product } from './product.js';

/** A product's units as the inventory summary tells them. */
export interface InventoryItem {
  readonly product: Product;
  readonly fulfillable: number;
  readonly inboundShipped: number;
  readonly customerOrders: number;
  readonly transfers: number;
  readonly researching: number;
  readonly customerDamaged: number;
  readonly warehouseDamaged: number;
  readonly distributorDamaged: number;
  readonly carrierDamaged: number;
  readonly defective: number;
  readonly expired: number;
}

export interface InventoryOptions {
  readonly seed: number;
  readonly products: readonly Product[];
  readonly balances: Balances;
  /** Units of unshipped orders: still on the shelf, no longer for sale. */
  readonly reserved: ReadonlyMap<number, number>;
  readonly onTheWay: ReadonlyMap<number, number>;
}

/** The stock of every product at the anchor, by SKU. Some have a shipment on its way to Amazon. */
export function inventoryOf(options: InventoryOptions): InventoryItem[] {
  const { seed, products, balances, reserved, onTheWay } = options;
  return products
    .map((product) => {
      const { index } = product;
      const customerOrders = reserved.get(index) ?? 0;
      const random = randomFrom(seedOf(seed, 'inbound', index));
      return {
        product,
        fulfillable: balances.of(index, 'SELLABLE') - customerOrders,
        inboundShipped: random() < 0.1 ? 12 * (1 + Math.floor(random() * 4)) : 0,
        customerOrders,
        transfers: onTheWay.get(index) ?? 0,
        researching: balances.inResearch(index),
        customerDamaged: balances.of(index, 'CUSTOMER_DAMAGED'),
        warehouseDamaged: balances.of(index, 'WAREHOUSE_DAMAGED'),
        distributorDamaged: balances.of(index, 'DISTRIBUTOR_DAMAGED'),
        carrierDamaged: balances.of(index, 'CARRIER_DAMAGED'),
        defective: balances.of(index, 'DEFECTIVE'),
        expired: balances.of(index, 'EXPIRED'),
      };
    })
    .sort((a, b) => (a.product.sku < b.product.sku ? -1 : 1));
}
