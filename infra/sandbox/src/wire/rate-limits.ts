import { RATES, type OperationName } from './rates.js';

export interface RateLimits {
  /** Takes one request of a (client, seller, operation) bucket; false when it is empty. */
  take(key: { client: string; seller: string; operation: OperationName }): boolean;
  /** The scaled rate, as `x-amzn-RateLimit-Limit` gives it. */
  limitOf(operation: OperationName): string;
}

/** Token buckets: full at the start, refilled by the clock up to the burst. */
export function rateLimits(scale: number, nowMs: () => number): RateLimits {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const rateOf = (operation: OperationName) => RATES[operation].rate * scale;
  return {
    take: ({ client, seller, operation }) => {
      const key = `${operation} ${seller} ${client}`;
      const now = nowMs();
      const bucket = buckets.get(key) ?? { tokens: RATES[operation].burst, at: now };
      const gained = (Math.max(0, now - bucket.at) / 1_000) * rateOf(operation);
      const tokens = Math.min(RATES[operation].burst, bucket.tokens + gained);
      // A fraction lost to rounding must not refuse the very request that the rate promises.
      const allowed = tokens >= 1 - 1e-9;
      buckets.set(key, { tokens: allowed ? Math.max(0, tokens - 1) : tokens, at: now });
      return allowed;
    },
    limitOf: (operation) => String(Number(rateOf(operation).toFixed(6))),
  };
}
