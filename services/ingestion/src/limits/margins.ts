import { operations, type OperationName } from '../amazon/operations.js';

/**
 * The share of a rate that is used. Clocks that are kept by NTP run wrong by 500 parts in a million at most while they
 * are corrected (RFC 5905, the limit of the frequency error): ours and Amazon's together by a thousandth.
 */
const RATE_SHARE = 0.999;

/** A clock that counts in milliseconds makes a stretch shorter by up to one at either end, in seconds. */
const TICKS_SECONDS = 0.002;

/**
 * How long a call that was not answered may still reach Amazon, in seconds: as long as the client itself waits for an
 * answer (`send.ts`).
 */
const LONGEST_WAY_SECONDS = 30;
/** The same on the way to a simulation that runs faster: it stands beside us, but the machine may be busy. */
const LEAST_LONGEST_WAY_SECONDS = 10;

export interface Limit {
  /** Calls a second. */
  readonly rate: number;
  /** Most calls at once; a fraction is a call that goes the later. */
  readonly capacity: number;
}

/** The rate to keep under a limit that Amazon states. */
export function safeRate(stated: number): number {
  return stated * RATE_SHARE;
}

/**
 * What a new bucket starts with: the published limit, with the rate times `scale` (1 at Amazon), less what the ticks of a
 * clock can make of it. How long calls are on their way needs no margin; see `rate-bucket.ts`.
 */
export function startLimit(operation: OperationName, scale: number): Limit {
  const { rate, burst } = operations[operation];
  const held = Math.min(rate * scale * TICKS_SECONDS, burst - 1);
  return { rate: safeRate(rate * scale), capacity: burst - held };
}

/** How long a call that nobody heard of again counts as under way, in seconds. `scale` is 1 at Amazon. */
export function longestWaySeconds(scale: number): number {
  return Math.max(LONGEST_WAY_SECONDS / scale, LEAST_LONGEST_WAY_SECONDS);
}
