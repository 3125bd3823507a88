import type { Timer } from '@recoup/ingestion';

/** A time that stands still while anything works, and then jumps to the next who waits: discrete events. */
export interface SimulatedTimer extends Timer {
  /** Begins work that takes no time; to be ended by calling the answer. */
  begin(): () => void;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * Turns of the event loop without work before time goes on: what an answer has set off runs on for some turns, in streams
 * and promises, before it sleeps or asks again.
 */
const QUIET_TURNS = 4;

export function simulatedTimer(start: Date): SimulatedTimer {
  let now = start.getTime();
  let working = 0;
  let looking = false;
  const sleepers: Sleeper[] = [];

  function goOn(): void {
    const next = sleepers[0];
    if (!next) return;
    now = Math.max(now, next.at);
    while (sleepers[0] && sleepers[0].at <= now) sleepers.shift()?.wake();
  }

  function look(): void {
    if (looking) return;
    looking = true;
    let quiet = 0;
    const turn = (): void => {
      quiet = working > 0 ? 0 : quiet + 1;
      // Whoever ends the last work looks again.
      if (working > 0 || sleepers.length === 0) looking = false;
      else if (quiet < QUIET_TURNS) setImmediate(turn);
      else {
        goOn();
        quiet = 0;
        setImmediate(turn);
      }
    };
    setImmediate(turn);
  }

  const begin = (): (() => void) => {
    working += 1;
    return () => {
      working -= 1;
      if (working === 0) look();
    };
  };

  return {
    begin,
    now: () => new Date(now),
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = (): void => {
          signal?.removeEventListener('abort', leave);
          resolve();
        };
        const sleeper: Sleeper = { at: now + Math.max(0, Math.ceil(ms)), wake };
        const leave = (): void => {
          sleepers.splice(sleepers.indexOf(sleeper), 1);
          wake();
        };
        signal?.addEventListener('abort', leave, { once: true });
        const behind = sleepers.findIndex((other) => other.at > sleeper.at);
        sleepers.splice(behind < 0 ? sleepers.length : behind, 0, sleeper);
        look();
      });
    },
    async hold(work) {
      const end = begin();
      try {
        return await work();
      } finally {
        end();
      }
    },
  };
}
