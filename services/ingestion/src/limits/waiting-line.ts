/** Those who wait for one thing, served one at a time. */
export interface WaitingLine {
  /**
   * Resolves when it is the caller's turn, with what ends it. Who has a lower rank goes before, then who came earlier.
   * Rejects with the signal's reason when it aborts before.
   */
  enter(rank: number, signal: AbortSignal): Promise<() => void>;
  /** Whether nobody is served and nobody waits. */
  isEmpty(): boolean;
}

interface Waiter {
  readonly rank: number;
  readonly begin: () => void;
}

export function openWaitingLine(): WaitingLine {
  const waiting: Waiter[] = [];
  let busy = false;

  function serveNext(): void {
    const next = waiting.shift();
    busy = next !== undefined;
    next?.begin();
  }

  return {
    isEmpty: () => !busy && waiting.length === 0,
    enter(rank, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const leave = (): void => {
          const at = waiting.indexOf(waiter);
          if (at >= 0) waiting.splice(at, 1);
          reject(signal.reason as Error);
        };
        const begin = (): void => {
          signal.removeEventListener('abort', leave);
          resolve(serveNext);
        };
        const waiter: Waiter = { rank, begin };
        signal.addEventListener('abort', leave, { once: true });
        const behind = waiting.findIndex((other) => other.rank > rank);
        waiting.splice(behind < 0 ? waiting.length : behind, 0, waiter);
        if (!busy) serveNext();
      });
    },
  };
}
