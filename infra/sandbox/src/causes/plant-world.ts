import { randomFrom } from '../random.js';
import type { Product } from '../world/product.js';
import type { WorldSize } from '../world/size.js';
import { plant, type Planted, type PlantTools } from './plant.js';
import { schedule } from './schedule.js';
import { scheduleAhead } from './schedule-ahead.js';

export interface PlantWorld extends PlantTools {
  readonly products: readonly Product[];
  readonly size: WorldSize;
  /** What the days ahead are drawn from: apart from the history, which is the same however many there are. */
  readonly seedAhead: number;
}

/** All that happens to a seller's stock, before the anchor and after it. */
export function plantWorld({ products, size, seedAhead, ...tools }: PlantWorld): Planted {
  const { calendar } = tools;
  const history = schedule({ products, size, random: tools.random });
  const past = plant(history, tools);
  const random = randomFrom(seedAhead);
  const payments = past.reimbursements;
  const ahead = scheduleAhead({ products, size, random, calendar, history, payments });
  const later = plant(ahead, { ...tools, random });
  return {
    rows: [...past.rows, ...later.rows],
    reimbursements: [...past.reimbursements, ...later.reimbursements],
    claims: [...past.claims, ...later.claims],
    lookAlikes: [...past.lookAlikes, ...later.lookAlikes],
  };
}
