import { between, type Random } from '../random.js';
import type { Product } from '../world/product.js';
import type { Cause } from './cause.js';

/** The history of one product while cases are being laid on it. */
export interface Lane {
  readonly product: Product;
  /** Last day on which a closed case may end: what stays open must be the last of its product. */
  last: number;
  /** Whether money may be paid in a closed case here. */
  mayPay: boolean;
  /** Whether Amazon has paid the product's full cost twice, so that a loss has a known value. */
  paidBefore: boolean;
  readonly taken: { readonly from: number; readonly to: number }[];
}

/** Stock needs some days to arrive before it can be lost. */
const FIRST_DAY = 12;
/** Days between two cases of a product: finds and payments can then only be read as one case's. */
export const GAP = 3;
const TRIES = 60;

/** A free start for a cause on a lane, taken when found; `since` keeps it to the lane's later part. */
export function place(
  lane: Lane,
  cause: Cause,
  { random, since }: { readonly random: Random; readonly since: number },
): number | undefined {
  const low = Math.max(FIRST_DAY, since);
  const high = lane.last - cause.span;
  for (let attempt = 0; attempt < TRIES && high >= low; attempt += 1) {
    const from = between(random, low, high);
    const to = from + cause.span;
    if (lane.taken.every((other) => to + GAP < other.from || from - GAP > other.to)) {
      lane.taken.push({ from, to });
      return from;
    }
  }
  return undefined;
}
