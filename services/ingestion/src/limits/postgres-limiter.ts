import { sleep } from '@recoup/kernel';
import type { Pool } from 'pg';
import type { RateLimiter } from '../amazon/rate-limiter.js';
import { noteAnswer, noteRefusal, takeToken } from './rate-bucket.js';
import { SyncNotActive } from './sync-not-active.js';

/** A long wait looks up now and then: the sync may be cancelled, or the rate corrected, meanwhile. */
const LONGEST_NAP_MS = 5000;

/**
 * Token buckets per (seller, operation) in Postgres: shared by all workers, surviving restarts. Waiting holds no
 * connection. `scale` is 1 at Amazon, more at a simulation that runs faster.
 */
export function openPostgresLimiter(pool: Pool, scale: number): RateLimiter {
  return {
    async take(caller, operation) {
      for (;;) {
        caller.signal.throwIfAborted();
        const taken = await takeToken(pool, scale, { caller, operation });
        if (!taken.active) throw new SyncNotActive('the sync is not active any more');
        if (taken.granted) return;
        await sleep(Math.min(taken.waitMs, LONGEST_NAP_MS), caller.signal);
      }
    },
    answered: (caller, operation, stated) =>
      noteAnswer(pool, { sellerId: caller.sellerId, operation, stated }),
    refused: (caller, operation) => noteRefusal(pool, caller.sellerId, operation),
  };
}
