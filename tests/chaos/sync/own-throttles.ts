import type { SyncResult } from './run-fault-round.js';

/** Refusals for the rate that nobody ordered, such as `searchOrders 1`. */
export function ownThrottles({ calls, struck }: SyncResult): string[] {
  return [...calls].flatMap(([operation, { throttled }]) => {
    const ordered = struck.find((one) => one.operation === operation && one.kind === '429');
    const own = throttled - (ordered?.times ?? 0);
    return own === 0 ? [] : [`${operation} ${own}`];
  });
}
