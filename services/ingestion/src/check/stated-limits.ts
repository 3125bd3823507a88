import { RateLimitExceeded } from '../amazon/errors.js';
import type { OperationName } from '../amazon/operations.js';
import type { RateLimiter } from '../amazon/rate-limiter.js';

export interface StatedLimits extends RateLimiter {
  /** The limit that Amazon stated for an operation, calls a second; null where it stated none. */
  of(operation: OperationName): number | null;
}

/**
 * A limiter for a handful of calls: it holds none back, notes what Amazon says of each limit, and gives up at the first
 * 429. That one comes when a sync uses the same limits at this moment.
 */
export function statedLimits(): StatedLimits {
  const stated = new Map<OperationName, number>();
  return {
    take: (_, operation) =>
      Promise.resolve({
        answered(rate) {
          if (rate !== null) stated.set(operation, rate);
          return Promise.resolve();
        },
        refused() {
          const reason = 'the limit is used up for now (429); is a sync running?';
          return Promise.reject(new RateLimitExceeded(`${operation}: ${reason}`));
        },
        cameToNothing: () => Promise.resolve(),
      }),
    of: (operation) => stated.get(operation) ?? null,
  };
}
