import { operations, type OperationName } from '../amazon/operations.js';

/** Our clock and Amazon's differ, and calls meet in transit: this share of the rate is left unused. */
const RATE_SHARE = 0.98;

export interface Limit {
  /** Calls a second. */
  readonly rate: number;
  /** Most calls at once. */
  readonly capacity: number;
}

/** The rate to keep under a limit that Amazon states. */
export function safeRate(stated: number): number {
  return stated * RATE_SHARE;
}

/**
 * What a new bucket starts with: the published limit, with the rate times `scale` (1 at Amazon). One call of the burst
 * is held back: when the first of a burst is slow to arrive, the ones after it come closer together than they left.
 */
export function startLimit(operation: OperationName, scale: number): Limit {
  const { rate, burst } = operations[operation];
  return { rate: safeRate(rate * scale), capacity: Math.max(1, burst - 1) };
}
