import { histogram, inSpan, stopwatch } from '@recoup/service-kit';
import type { PostgresLimiter } from './postgres-limiter.js';

/** Amazon's slowest operations grant a call in some minutes. */
const SECONDS = [0.01, 0.1, 0.5, 1, 5, 15, 60, 180, 600, 1800];

const waits = histogram(
  {
    name: 'recoup_spapi_bucket_wait_seconds',
    help: 'How long calls waited for their token, so as to stay within the rates of Amazon, by operation.',
    labels: ['operation'],
  },
  SECONDS,
);

/** A limiter whose waits are timed and traced, also those that ended without a token. */
export function measuredLimiter(limiter: PostgresLimiter): PostgresLimiter {
  return {
    ...limiter,
    async take(caller, operation) {
      const took = stopwatch();
      const attributes = { 'recoup.spapi.operation': operation };
      try {
        return await inSpan('wait for rate token', { attributes }, () =>
          limiter.take(caller, operation),
        );
      } finally {
        waits.observe({ operation }, took());
      }
    },
  };
}
