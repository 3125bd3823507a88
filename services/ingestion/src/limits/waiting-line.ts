/** Those who wait for one thing, served one at a time, or a few. */
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

/** `places`: how many are served at the same time. */
export function openWaitingLine(places = 1): WaitingLine {
  const waiting: Waiter[] = [];
  let served = 0;

  function serveNext(): void {
    if (served >= places) return;
    const next = waiting.shift();
    if (!next) return;
    served += 1;
    next.begin();
  }

  function leavePlace(): void {
    served -= 1;
    serveNext();
  }

  return {
    isEmpty: () => served === 0 && waiting.length === 0,
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
          resolve(leavePlace);
        };
        const waiter: Waiter = { rank, begin };
        signal.addEventListener('abort', leave, { once: true });
        const behind = waiting.findIndex((other) => other.rank > rank);
        waiting.splice(behind < 0 ? waiting.length : behind, 0, waiter);
        serveNext();
      });
    },
  };
}
