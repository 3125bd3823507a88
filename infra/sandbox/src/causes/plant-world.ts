import { randomFrom } from '../random.js';
import type { Calendar } from '../world/calendar.js';
import type { Product } from '../world/product.js';
import type { Seller } from '../world/sellers.js';
import type { WorldSize } from '../world/size.js';
import { plant, type Planted, type PlantTools, type TrueClaim } from './plant.js';
import { schedule } from './schedule.js';
import { scheduleAhead } from './schedule-ahead.js';
import {
  plantShipments,
  plantShipmentsAhead,
  type PlantedShipments,
} from './shipments/plant-shipments.js';

export interface PlantWorld extends PlantTools {
  readonly seller: Seller;
  readonly products: readonly Product[];
  readonly size: WorldSize;
  /** What shipments and removals are drawn from, beside the rest. */
  readonly seed: number;
  /** What the days ahead are drawn from: apart from the history, which is the same however many there are. */
  readonly seedAhead: number;
}

export interface PlantedWorld {
  /** What happens to stock on the shelves, and to what Amazon pays for it. */
  readonly stock: Planted;
  /** What happens to shipments to Amazon, and to units that leave it for good. */
  readonly shipments: Omit<PlantedShipments, 'products'>;
}

/** All that happens to a seller's stock, before the anchor and after it: first all of the one, then all of the other. */
export function plantWorld(options: PlantWorld): PlantedWorld {
  const { products, size, seed, seedAhead, seller, ...tools } = options;
  const { calendar } = tools;
  const history = schedule({ products, size, random: tools.random });
  const past = plant(history, tools);
  const common = { seed, size, calendar };
  const home = products.filter(({ marketplace }) => marketplace.id === seller.marketplaces[0]?.id);
  const shipped = plantShipments({
    ...common,
    products: without(past.claims, home),
    payments: past.reimbursements,
  });
  const random = randomFrom(seedAhead);
  const paid = [...past.reimbursements, ...shipped.reimbursements];
  const ahead = scheduleAhead({
    ...{ products, size, random, calendar, history },
    ...{ payments: paid, unpaid: new Set(shipped.products) },
  });
  const later = plant(ahead, { ...tools, random });
  const shippedLater = plantShipmentsAhead({
    ...common,
    products: without([...past.claims, ...later.claims], home).filter(
      (one) => !shipped.products.includes(one),
    ),
    payments: [...paid, ...later.reimbursements],
  });
  return {
    stock: joined(past, later),
    shipments: {
      ...joined(shipped, shippedLater),
      deliveries: [...shipped.deliveries, ...shippedLater.deliveries],
      cancelled: [...shipped.cancelled, ...shippedLater.cancelled],
      transactions: untilEnd([...shipped.transactions, ...shippedLater.transactions], calendar),
    },
  };
}

function without(claims: readonly TrueClaim[], products: readonly Product[]): readonly Product[] {
  const owing = new Set(claims.map(({ fnsku }) => fnsku));
  return products.filter(({ fnsku }) => !owing.has(fnsku));
}

function joined(past: Planted, later: Planted): Planted {
  return {
    rows: [...past.rows, ...later.rows],
    reimbursements: [...past.reimbursements, ...later.reimbursements],
    claims: [...past.claims, ...later.claims],
    lookAlikes: [...past.lookAlikes, ...later.lookAlikes],
  };
}

function untilEnd<T extends { readonly postedMs: number }>(
  all: readonly T[],
  { endMs }: Calendar,
): T[] {
  return all.filter(({ postedMs }) => postedMs < endMs);
}
