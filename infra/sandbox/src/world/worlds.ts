import type { FiledCase } from '../doors/case-store.js';
import { casework, type Casework } from '../outcomes/casework.js';
import type { Desk } from '../outcomes/desks.js';
import type { Calendar } from './calendar.js';
import { sellerOf } from './sellers.js';
import { makeWorld, type World } from './world.js';

/** The worlds of all sellers: each made when first asked for, once per process. */
export interface Worlds {
  /** A seller's world as of now: nobody who asks can see what has not happened. */
  of(sellerId: string): Promise<World>;
  /** The desk of a seller as of now: its cases in the order of their filing, and what was paid without one. */
  deskOf(sellerId: string): Promise<Casework>;
}

export interface WorldsOptions {
  readonly seed: number;
  readonly orders: number;
  readonly calendar: Calendar;
  readonly nowMs: () => number;
  readonly desk: Desk;
  /** The cases on the desk, of all sellers. */
  readonly cases: () => readonly FiledCase[];
}

interface Made {
  readonly world: World;
  readonly desk: Casework;
  readonly read: Set<string>;
}

export function worlds({ nowMs, desk, cases, ...options }: WorldsOptions): Worlds {
  const made = new Map<string, Promise<Made>>();
  const make = async (sellerId: string): Promise<Made> => {
    const world = await makeWorld({ ...options, seller: sellerOf(sellerId) });
    return { world, desk: casework(world, desk), read: new Set() };
  };
  /** The whole world of a seller, after all cases that lie on the desk have been worked. */
  const upToDate = async (sellerId: string): Promise<Made> => {
    const known = made.get(sellerId) ?? make(sellerId);
    made.set(sellerId, known);
    const one = await known;
    for (const filed of cases()) {
      if (filed.sellerId !== sellerId || one.read.has(filed.caseId)) continue;
      one.read.add(filed.caseId);
      // In the order of their instants, whenever it is that somebody asks: else a restart would tell another story.
      payUnasked(one, Date.parse(filed.createdAt));
      const worked = one.desk.work(filed);
      if (worked) one.world.adopt(worked.facts);
    }
    payUnasked(one, nowMs());
    return one;
  };
  return {
    of: async (sellerId) => (await upToDate(sellerId)).world.asOf(nowMs()),
    deskOf: async (sellerId) => (await upToDate(sellerId)).desk,
  };
}

function payUnasked({ world, desk }: Made, untilMs: number): void {
  for (const facts of desk.payUnasked(untilMs)) world.adopt(facts);
}
