import { sleep } from '@recoup/kernel';
import type { Browser } from '../../product/index.js';

/** How a product answered somebody who asked all the time. */
export interface Answers {
  readonly asked: number;
  readonly refused: number;
  /** The longest time without a good answer, in seconds. */
  readonly longestOutage: number;
}

/** Asks for a list again and again until it is stopped, which answers how that went. */
export function askAllTheTime(browser: Browser): () => Promise<Answers> {
  const stop = new AbortController();
  let [asked, refused, longest] = [0, 0, 0];
  const done = (async () => {
    let lastGood = performance.now();
    while (!stop.signal.aborted) {
      const signal = AbortSignal.timeout(5000);
      const answer = await browser.request('/api/sync/history', { signal }).catch(() => null);
      await answer?.arrayBuffer().catch(() => undefined);
      asked += 1;
      if (!answer?.ok) refused += 1;
      longest = Math.max(longest, performance.now() - lastGood);
      if (answer?.ok) lastGood = performance.now();
      await sleep(50, stop.signal);
    }
  })();
  return async () => {
    stop.abort();
    await done;
    return { asked, refused, longestOutage: longest / 1000 };
  };
}
