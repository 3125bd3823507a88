import type { OperationName } from './operations.js';

/** For whom a call is made: each seller has limits of his own, and a sync that ended may call no more. */
export interface Caller {
  readonly sellerId: string;
  readonly region: 'na' | 'eu' | 'fe';
  /** The sync that the call belongs to; null while a seller is connecting. */
  readonly sync: { readonly tenantId: string; readonly syncId: string } | null;
  readonly signal: AbortSignal;
  /** Aborts when a call that still waits for its token is to be given up, while one that is under way may end. */
  readonly turn?: AbortSignal | undefined;
  /** Of those who wait for a token of the same bucket the lowest goes first. */
  readonly rank?: number;
  /** Told each time that a token was taken: the call is about to go. */
  readonly onGranted?: () => void;
}

/**
 * The leave to make one call. What became of it is to be said by one of these; of a call that may still be on its way
 * nothing is said.
 */
export interface Grant {
  /** Amazon answered something else than 429, perhaps stating its rate for this seller (calls a second). */
  answered(stated: number | null): Promise<void>;
  /** Amazon answered 429: nobody calls this operation for a while. Answers how many came in a row. */
  refused(): Promise<number>;
  /** The call was not made, or its connection failed: no answer comes, and it is not on its way any more. */
  cameToNothing(): Promise<void>;
}

/** What the client needs of a limiter. The one in use keeps its buckets in Postgres, shared by all workers. */
export interface RateLimiter {
  /**
   * Resolves once the call may go. Throws SyncNotActive when the sync has ended meanwhile, and what the caller's
   * signal or turn was aborted with.
   */
  take(caller: Caller, operation: OperationName): Promise<Grant>;
}

/** What ends a wait of the caller in which nothing is under way. */
export function waitingSignal({ signal, turn }: Caller): AbortSignal {
  return turn ? AbortSignal.any([signal, turn]) : signal;
}
