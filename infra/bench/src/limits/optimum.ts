import { RATES, type OperationName } from '@recoup/sandbox';

/** Calls by operation, as Amazon counted them. */
export type Calls = ReadonlyMap<string, number>;

/**
 * The least time, in seconds, in which so many calls can be made under Amazon's published limits: every bucket is full at
 * the start and gives its burst at once, then one call each 1/rate. Operations run side by side, so the slowest decides. A
 * report can be fetched only when the last one asked for is made, and what is asked for after something else begins then.
 * Of the planner's own arithmetic nothing is used here.
 */
export function optimumSeconds(calls: Calls, reportSeconds: number): number {
  const seconds = (operation: OperationName): number => {
    const { rate, burst } = RATES[operation];
    return Math.max(0, ((calls.get(operation) ?? 0) - burst) / rate);
  };
  const operations = Object.keys(RATES) as OperationName[];
  const slowest = Math.max(...operations.map(seconds));
  const reports = calls.has('createReport') ? seconds('createReport') + reportSeconds : 0;
  return Math.max(slowest, reports);
}
