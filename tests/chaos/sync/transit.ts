import { sleep } from '@recoup/kernel';

/** How long answers took at most, which tells whether the machine was quick enough to judge by. */
export interface Transit {
  /** The slowest answer so far, in seconds. */
  slowest(): number;
  stop(): Promise<void>;
}

/** Short beside every time that is looked for; long beside an answer, so that asking is no load. */
const EVERY_MS = 50;

/** Asks something cheap of a process again and again: it is as late as the machine lets everything be. */
export function watchTransit(ask: () => Promise<unknown>): Transit {
  const over = new AbortController();
  let slowest = 0;
  const watching = (async () => {
    while (!over.signal.aborted) {
      const askedAt = performance.now();
      await ask();
      slowest = Math.max(slowest, (performance.now() - askedAt) / 1000);
      await sleep(EVERY_MS, over.signal);
    }
  })();
  return {
    slowest: () => slowest,
    async stop() {
      over.abort();
      await watching;
    },
  };
}
