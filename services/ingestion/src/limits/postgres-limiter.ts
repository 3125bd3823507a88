import type { Pool } from 'pg';
import type { OperationName } from '../amazon/operations.js';
import {
  waitingSignal,
  type Caller,
  type Grant,
  type RateLimiter,
} from '../amazon/rate-limiter.js';
import { systemTimer, type Timer } from '../timer.js';
import { bucketLevels, type BucketLevels } from './bucket-levels.js';
import { noteLanding, noteRefusal, takeToken, type CallUnderWay } from './rate-bucket.js';
import { SyncNotActive } from './sync-not-active.js';
import { openWaitingLine, type WaitingLine } from './waiting-line.js';

/** A long wait looks up now and then: the sync may be cancelled, or the rate corrected, meanwhile. */
const LONGEST_NAP_MS = 5000;

/** The limiter in use, which also tells how full its buckets are. */
export interface PostgresLimiter extends RateLimiter {
  levels(sellerId: string): Promise<BucketLevels>;
}

export interface LimiterDeps {
  readonly pool: Pool;
  /** 1 at Amazon, more at a simulation that runs faster. */
  readonly scale: number;
  /** A simulated time. Without one the database's clock rules, the same for all instances. */
  readonly simulated?: Timer | undefined;
}

/**
 * Token buckets per (seller, operation) in Postgres: shared by all workers, surviving restarts. Of those who wait in one
 * process only the first asks the bucket, so that tokens go in the order of rank and the database is not asked by all.
 * Waiting holds no connection.
 */
export function openPostgresLimiter({ pool, scale, simulated }: LimiterDeps): PostgresLimiter {
  const timer = simulated ?? systemTimer;
  const now = (): Date | null => simulated?.now() ?? null;
  const lines = new Map<string, WaitingLine>();

  async function takeInTurn(
    caller: Caller,
    operation: OperationName,
    signal: AbortSignal,
  ): Promise<CallUnderWay> {
    for (;;) {
      signal.throwIfAborted();
      const taken = await takeToken(pool, scale, { caller, operation, now: now() });
      if (!taken.active) throw new SyncNotActive('the sync is not active any more');
      if (taken.call) return taken.call;
      await timer.sleep(Math.min(Math.ceil(taken.waitMs), LONGEST_NAP_MS), signal);
    }
  }

  const grantOf = (call: CallUnderWay): Grant => ({
    answered: (stated) => noteLanding(pool, call, { answered: true, stated, now: now() }),
    refused: () => noteRefusal(pool, call, now()),
    cameToNothing: () => noteLanding(pool, call, { answered: false, stated: null, now: now() }),
  });

  return {
    async take(caller, operation) {
      const key = `${operation} ${caller.sellerId}`;
      const line = lines.get(key) ?? openWaitingLine();
      lines.set(key, line);
      const signal = waitingSignal(caller);
      const leave = await line.enter(caller.rank ?? 0, signal);
      try {
        return grantOf(await takeInTurn(caller, operation, signal));
      } finally {
        leave();
        if (line.isEmpty()) lines.delete(key);
      }
    },
    levels: (sellerId) => bucketLevels(pool, { scale, sellerId, now: now() }),
  };
}
