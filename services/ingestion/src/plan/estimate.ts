import type { OperationName } from '../amazon/operations.js';
import type { BucketLevels } from '../limits/bucket-levels.js';

/** Calls that are still to be made. */
export type Demand = Readonly<Partial<Record<OperationName, number>>>;

export interface Remaining {
  readonly demand: Demand;
  /** Whether reports are still to be made, and how long one takes, in seconds. */
  readonly reportSeconds: number | null;
}

export function addDemand(demands: Iterable<Demand>): Demand {
  const sum: Partial<Record<OperationName, number>> = {};
  for (const demand of demands) {
    for (const [name, calls] of Object.entries(demand) as [OperationName, number][]) {
      sum[name] = (sum[name] ?? 0) + calls;
    }
  }
  return sum;
}

/** What is asked with what all others have brought (`Source.after`), and so begins when they are done. */
const LAST: OperationName = 'getMyFeesEstimates';

/**
 * Seconds until all remaining calls can have been made: the slowest operation decides, because they run side by side.
 * Each has its tokens at hand and then one call per 1/rate; reports, and what can only be asked in the end, take their time
 * on top.
 */
export function secondsLeft({ demand, reportSeconds }: Remaining, levels: BucketLevels): number {
  let [slowest, last] = [0, 0];
  for (const [name, calls] of Object.entries(demand) as [OperationName, number][]) {
    const { tokens, rate } = levels[name];
    const seconds = Math.max(0, (calls - Math.max(0, tokens)) / rate);
    if (name === LAST) last = seconds;
    else slowest = Math.max(slowest, seconds);
  }
  return slowest + last + (reportSeconds ?? 0);
}
