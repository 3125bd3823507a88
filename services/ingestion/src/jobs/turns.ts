import type { Pool } from 'pg';
import { TurnOver } from './turn-over.js';
import { jobsWaitingFor } from './waiting-jobs.js';

/** The time that one job has a worker. */
export interface Turn {
  /** Aborts with TurnOver when the job is to make room. */
  readonly signal: AbortSignal;
  /** The worker is free again. */
  end(): void;
}

export interface Turns {
  begin(): Turn;
  /**
   * Ends as many turns as jobs have waited longer than a turn, those first that have had theirs longest. None ends before
   * its time is up. Throws what the database throws.
   */
  makeRoom(): Promise<void>;
}

interface Running {
  readonly since: number;
  readonly over: AbortController;
}

/** The turns of the jobs of one process. Nobody is asked to make room for a job that waits for no worker. */
export function openTurns({
  pool,
  turnSeconds,
}: {
  readonly pool: Pool;
  readonly turnSeconds: number;
}): Turns {
  // In the order of their beginning, as a set keeps it.
  const running = new Set<Running>();
  const hadTheirs = (): Running[] => {
    const before = performance.now() - turnSeconds * 1000;
    return [...running].filter(({ since, over }) => since <= before && !over.signal.aborted);
  };

  return {
    begin() {
      const turn: Running = { since: performance.now(), over: new AbortController() };
      running.add(turn);
      return { signal: turn.over.signal, end: () => void running.delete(turn) };
    },
    async makeRoom() {
      if (hadTheirs().length === 0) return;
      const waiting = await jobsWaitingFor(pool, turnSeconds);
      const leaving = [...running].filter(({ over }) => over.signal.aborted).length;
      for (const { over } of hadTheirs().slice(0, Math.max(0, waiting - leaving)))
        over.abort(new TurnOver());
    },
  };
}
