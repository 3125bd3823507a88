import { closedBy } from '../wire/query.js';
import { invalidInput } from '../wire/sp-api-error.js';
import type { Order } from '../world/order.js';
import type { World } from '../world/world.js';

/** The four bounds of an order query, in milliseconds; two families that never mix. */
export interface Bounds {
  readonly createdAfter: number | undefined;
  readonly createdBefore: number | undefined;
  readonly lastUpdatedAfter: number | undefined;
  readonly lastUpdatedBefore: number | undefined;
}

export interface OrderWindow {
  readonly family: 'created' | 'updated';
  readonly from: number;
  /** Included: Amazon speaks of orders "at or before" it. */
  readonly to: number;
  read(world: World, day: number): readonly Order[];
  holds(order: Order): boolean;
}

/**
 * Exactly one family, its end at least two minutes ago and not before its start. `until` is the end that the first
 * page used: later pages keep it, or orders would move between pages while they are read.
 */
export function orderWindow(bounds: Bounds, nowMs: number, until?: number): OrderWindow {
  const { family, from, before } = familyOf(bounds);
  const created = family === 'created';
  const to = until ?? closedBy(created ? 'createdBefore' : 'lastUpdatedBefore', before, nowMs);
  if (to < from) throw invalidInput('The end of the window lies before its start.');
  const msOf = (order: Order) => (created ? order.createdMs : order.updatedMs);
  return {
    family,
    from,
    to,
    read: (world, day) => (created ? world.book.createdOn(day) : world.book.updatedOn(day)),
    holds: (order) => msOf(order) >= from && msOf(order) <= to,
  };
}

interface Family {
  readonly family: 'created' | 'updated';
  readonly from: number;
  readonly before: number | undefined;
}

function familyOf({
  createdAfter,
  createdBefore,
  lastUpdatedAfter,
  lastUpdatedBefore,
}: Bounds): Family {
  if ((createdAfter === undefined) === (lastUpdatedAfter === undefined)) {
    throw invalidInput('Exactly one of createdAfter and lastUpdatedAfter is required.');
  }
  const family: Family =
    createdAfter === undefined
      ? { family: 'updated', from: lastUpdatedAfter ?? 0, before: lastUpdatedBefore }
      : { family: 'created', from: createdAfter, before: createdBefore };
  if ((family.family === 'created' ? lastUpdatedBefore : createdBefore) !== undefined) {
    throw invalidInput('Created and last updated dates cannot be combined.');
  }
  return family;
}
