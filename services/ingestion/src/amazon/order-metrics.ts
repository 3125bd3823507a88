import { z } from 'zod';
import type { Caller } from './rate-limiter.js';
import type { SpApiClient } from './sp-api-client.js';

export const orderMetricsSchema = z.object({
  payload: z.array(z.object({ interval: z.string(), orderCount: z.int().nonnegative() })),
});

export interface CountedTime {
  readonly marketplaceId: string;
  /** A midnight (UTC), included. */
  readonly from: Date;
  /** Any instant, excluded: the last day is then counted up to it. */
  readonly to: Date;
}

/**
 * Orders a day (UTC) in one marketplace: the only place where Amazon says how many orders there are before they are
 * read. Days without orders may be absent.
 */
export async function ordersPerDay(
  client: SpApiClient,
  caller: Caller,
  { marketplaceId, from, to }: CountedTime,
): Promise<ReadonlyMap<string, number>> {
  const query = {
    marketplaceIds: [marketplaceId],
    interval: `${from.toISOString()}--${to.toISOString()}`,
    granularity: 'Day',
    granularityTimeZone: 'UTC',
  };
  const { payload } = await client.call(
    caller,
    { operation: 'getOrderMetrics', query },
    orderMetricsSchema,
  );
  const days = new Map<string, number>();
  for (const { interval, orderCount } of payload) {
    const day = interval.slice(0, 10);
    days.set(day, (days.get(day) ?? 0) + orderCount);
  }
  return days;
}
