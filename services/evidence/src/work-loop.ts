import { backoffMs, sleep } from '@recoup/kernel';

export interface WorkLoop {
  readonly signal: AbortSignal;
  /** Milliseconds to wait when there was nothing to do. */
  readonly idleMs: number;
  /** Does what is due; answers whether there was anything. */
  readonly step: () => Promise<boolean>;
  readonly onError: (error: unknown) => void;
}

/** Works until the signal aborts, at once again while there is work. A failure (a lost database) makes it wait longer. */
export async function workLoop({ signal, idleMs, step, onError }: WorkLoop): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const worked = await step();
      failures = 0;
      if (!worked) await sleep(idleMs, signal);
    } catch (error) {
      onError(error);
      await sleep(backoffMs(failures, { baseMs: 200, capMs: 10_000 }), signal);
      failures += 1;
    }
  }
}
