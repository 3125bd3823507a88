import { RATES, type OperationName } from '@recoup/sandbox';

/** Calls by operation, as Amazon counted them. */
export type Calls = ReadonlyMap<string, number>;

/** What brings the products that fees are estimated for, beside the fee preview: orders page by page, and the stock. */
const BEFORE_ESTIMATES = [
  'searchOrders',
  'getOrders',
  'getOrderItems',
  'getInventorySummaries',
] as const;

/**
 * The least time, in seconds, in which so many calls can be made under Amazon's published limits, whoever makes them and in
 * whatever order that the answers allow. Every bucket is full at the start and gives its burst at once, then one call each
 * 1/rate; operations run side by side. What must wait for something else waits for it:
 *
 * - a report is fetched when it is made, `reportSeconds` after it was asked for. The last one is asked for when the bucket
 *   gives the last token, and no document is there before the first is made. A report that ends without data is asked for
 *   twice, and so stands in the calls twice; the pause before the second ask holds nothing up while others are asked for;
 * - fees are estimated for the products that the stock, the orders and the fee preview, a report, tell of.
 *
 * Of the planner's own arithmetic nothing is used here.
 */
export function optimumSeconds(calls: Calls, reportSeconds: number): number {
  const seconds = (operation: OperationName): number => {
    const { rate, burst } = RATES[operation];
    return Math.max(0, ((calls.get(operation) ?? 0) - burst) / rate);
  };
  const slowest = Math.max(...(Object.keys(RATES) as OperationName[]).map(seconds));
  const making = calls.has('createReport') ? reportSeconds : 0;
  const reports = making + Math.max(seconds('createReport'), seconds('getReportDocument'));
  const products = Math.max(making, ...BEFORE_ESTIMATES.map(seconds));
  const estimates = calls.has('getMyFeesEstimates') ? products + seconds('getMyFeesEstimates') : 0;
  return Math.max(slowest, reports, estimates);
}
