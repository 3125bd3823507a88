import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { sleep } from './backoff.js';
import { deadline } from './deadline.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Resolves with why the signal aborted, as who only listens to it hears it. */
const aborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(signal.reason), { once: true });
  });

describe('a deadline', () => {
  it('given that nothing is done, then it aborts as a timeout, also when garbage was collected meanwhile', async () => {
    const reasons = Array.from({ length: 10 }, () =>
      aborted(deadline(100, new AbortController().signal).signal),
    );
    for (let nth = 0; nth < 5; nth += 1) {
      await sleep(10);
      collectGarbage();
    }
    for (const reason of await Promise.all(reasons)) {
      expect(reason).toMatchObject({ name: 'TimeoutError' });
    }
  });

  it('given that the other one aborts first, then for its reason, and at once where it has', async () => {
    const stop = new AbortController();
    using limit = deadline(60_000, stop.signal);
    const reason = aborted(limit.signal);
    stop.abort('stopped');
    expect(await reason).toBe('stopped');
    using late = deadline(60_000, stop.signal);
    expect(late.signal.aborted).toBe(true);
  });

  it('given that its scope has ended, then neither aborts it', async () => {
    const stop = new AbortController();
    const limit = deadline(10, stop.signal);
    limit[Symbol.dispose]();
    stop.abort();
    await sleep(30);
    expect(limit.signal.aborted).toBe(false);
  });
});
