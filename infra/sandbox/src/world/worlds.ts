import type { Calendar } from './calendar.js';
import { sellerOf } from './sellers.js';
import { makeWorld, type World } from './world.js';

/** The worlds of all sellers: each made when first asked for, once per process. */
export interface Worlds {
  of(sellerId: string): Promise<World>;
}

export function worlds(options: { seed: number; orders: number; calendar: Calendar }): Worlds {
  const made = new Map<string, Promise<World>>();
  return {
    of: (sellerId) => {
      const known = made.get(sellerId);
      if (known) return known;
      const world = makeWorld({ ...options, seller: sellerOf(sellerId) });
      made.set(sellerId, world);
      return world;
    },
  };
}
