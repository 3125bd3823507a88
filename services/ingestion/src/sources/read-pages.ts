import { AmazonCallFailed, WindowTooLarge } from '../amazon/errors.js';
import type { FactSink } from './source.js';

/** A page token may run out while the bucket made us wait; the window is then read from its beginning. */
const READS = 3;

/** Reads all pages of a window into the sink. Throws WindowTooLarge when page tokens keep running out. */
export async function readPages<A>(
  sink: FactSink,
  open: () => AsyncIterable<readonly A[]>,
  store: (rows: readonly A[]) => Promise<void>,
): Promise<void> {
  for (let read = 1; ; read += 1) {
    let pages = 0;
    try {
      for await (const page of open()) {
        await store(page);
        pages += 1;
      }
      return;
    } catch (error) {
      if (pages === 0 || !isExpiredToken(error)) throw error;
      if (read === READS)
        throw new WindowTooLarge('page tokens kept running out', { cause: error });
      await sink.restart();
    }
  }
}

/** Amazon has no word of its own for it: the same arguments were fine a page ago, so it can only be the token. */
function isExpiredToken(error: unknown): boolean {
  return error instanceof AmazonCallFailed && error.refusal.status === 400;
}
