import { sleep, type Clock } from '@recoup/kernel';
import type { Pool } from 'pg';

/** Pause between two looks at the record, in milliseconds: what a process learns of late while NATS is away. */
const REFRESH_MS = 5000;

/** Transactions do not become visible in the order of their times: this far back is read again, in milliseconds. */
const OVERLAP_MS = 60_000;

/** Sessions that were signed out before their token ran out. Asked on every request: answered from memory. */
export interface EndedSessions {
  has(sessionId: string): boolean;
  /** Records a sign-out, in memory at once and then in the database. */
  add(session: { readonly id: string; readonly expiresAt: Date }): Promise<void>;
  /** Another process told of a sign-out. */
  heard(sessionId: string): void;
  /** Reads what other processes have recorded, and forgets what has run out. */
  refresh(): Promise<void>;
}

/**
 * Costs one insert per sign-out, one small query per process every five seconds, and some hundred bytes of memory per
 * sign-out until its token would have run out.
 */
export function openEndedSessions(pool: Pool, clock: Clock): EndedSessions {
  /** By id, when the token runs out, in milliseconds. */
  const ends = new Map<string, number>();
  let since = new Date(0);
  return {
    has: (sessionId) => ends.has(sessionId),
    async add({ id, expiresAt }) {
      ends.set(id, expiresAt.getTime());
      await pool.query(
        'insert into gateway.ended_session (session_id, expires_at) values ($1, $2) on conflict do nothing',
        [id, expiresAt],
      );
    },
    heard(sessionId) {
      // When it runs out is not told: kept until the record says so.
      if (!ends.has(sessionId)) ends.set(sessionId, Infinity);
    },
    async refresh() {
      const { rows } = await pool.query<{ session_id: string; expires_at: Date; ended_at: Date }>(
        'select session_id, expires_at, ended_at from gateway.ended_session where ended_at > $1',
        [since],
      );
      for (const { session_id, expires_at, ended_at } of rows) {
        ends.set(session_id, expires_at.getTime());
        since = new Date(Math.max(since.getTime(), ended_at.getTime() - OVERLAP_MS));
      }
      const now = clock.now().getTime();
      for (const [id, end] of ends) if (end <= now) ends.delete(id);
    },
  };
}

/** Keeps up with the record until the signal aborts. */
export async function followEndedSessions(
  ended: EndedSessions,
  { signal, onError }: { signal: AbortSignal; onError: (error: unknown) => void },
): Promise<void> {
  while (!signal.aborted) {
    await sleep(REFRESH_MS, signal);
    if (!signal.aborted) await ended.refresh().catch(onError);
  }
}
