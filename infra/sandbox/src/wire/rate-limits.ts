import { PLANS, type PlanName } from './rates.js';

export interface RateLimits {
  /** Takes one request of a (client, seller, plan) bucket; false when it is empty. */
  take(key: { client: string; seller: string; plan: PlanName }): boolean;
  /** The scaled rate, as `x-amzn-RateLimit-Limit` gives it. */
  limitOf(plan: PlanName): string;
}

/** Token buckets: full at the start, refilled by the clock up to the burst. */
export function rateLimits(scale: number, nowMs: () => number): RateLimits {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const rateOf = (plan: PlanName) => PLANS[plan].rate * scale;
  return {
    take: ({ client, seller, plan }) => {
      const key = `${plan} ${seller} ${client}`;
      const now = nowMs();
      const bucket = buckets.get(key) ?? { tokens: PLANS[plan].burst, at: now };
      const gained = (Math.max(0, now - bucket.at) / 1_000) * rateOf(plan);
      const tokens = Math.min(PLANS[plan].burst, bucket.tokens + gained);
      // A fraction lost to rounding must not refuse the very request that the rate promises.
      const allowed = tokens >= 1 - 1e-9;
      buckets.set(key, { tokens: allowed ? Math.max(0, tokens - 1) : tokens, at: now });
      return allowed;
    },
    limitOf: (plan) => String(Number(rateOf(plan).toFixed(6))),
  };
}
