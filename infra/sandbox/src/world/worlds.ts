import type { Calendar } from './calendar.js';
import { sellerOf } from './sellers.js';
import { makeWorld, type World } from './world.js';

/** The worlds of all sellers: each made when first asked for, once per process. */
export interface Worlds {
  /** A seller's world as of now: nobody who asks can see what has not happened. */
  of(sellerId: string): Promise<World>;
}

export interface WorldsOptions {
  readonly seed: number;
  readonly orders: number;
  readonly calendar: Calendar;
  readonly nowMs: () => number;
}

export function worlds({ nowMs, ...options }: WorldsOptions): Worlds {
  const made = new Map<string, Promise<World>>();
  return {
    of: async (sellerId) => {
      const known = made.get(sellerId);
      const world = known ?? makeWorld({ ...options, seller: sellerOf(sellerId) });
      made.set(sellerId, world);
      return (await world).asOf(nowMs());
    },
  };
}
