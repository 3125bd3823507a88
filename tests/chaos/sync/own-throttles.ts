import { operations } from '../../../services/ingestion/src/amazon/operations.js';
import { RATE_SCALE } from './stage.js';
import type { SyncResult } from './run-fault-round.js';

/**
 * How much longer one call may take on its way than another, in seconds, on a busy machine: what ingestion reckons with at a
 * simulation (`limits/margins.ts`). Where the rate times that is more than the burst has to give, its promise holds only as
 * long as the machine is quick, and what a machine that is not does to it says nothing about ingestion.
 */
const TRANSIT_SECONDS = 0.25;

const promised = Object.entries(operations)
  .filter(([, { rate, burst }]) => rate * RATE_SCALE * TRANSIT_SECONDS <= burst - 1)
  .map(([operation]) => operation);

/**
 * Refusals for the rate that nobody ordered, of the operations whose limits are the narrow ones, such as `searchOrders 1`.
 * None are told of a round in which the machine was not quick: one call may then be so much later than another.
 */
export function ownThrottles({ calls, struck, slowestSeconds }: SyncResult): string[] {
  if (slowestSeconds > TRANSIT_SECONDS / 2) return [];
  return promised.flatMap((operation) => {
    const ordered = struck.find((one) => one.operation === operation && one.kind === '429');
    const own = (calls.get(operation)?.throttled ?? 0) - (ordered?.times ?? 0);
    return own === 0 ? [] : [`${operation} ${own}`];
  });
}
