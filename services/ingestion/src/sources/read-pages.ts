import { AmazonCallFailed } from '../amazon/errors.js';

/** A page token may run out while the bucket made us wait; the window is then read from its beginning. */
const READS = 3;

/**
 * All rows of a window, mapped. Pages are kept until the last one came, because a window is stored whole or not at all.
 */
export async function readPages<A, F>(
  open: () => AsyncIterable<readonly A[]>,
  toFact: (row: A) => F,
): Promise<F[]> {
  for (let read = 1; ; read += 1) {
    const pages: (readonly A[])[] = [];
    try {
      for await (const page of open()) pages.push(page);
      return pages.flat().map(toFact);
    } catch (error) {
      if (pages.length === 0 || read === READS || !isExpiredToken(error)) throw error;
    }
  }
}

/** Amazon has no word of its own for it: the same arguments were fine a page ago, so it can only be the token. */
function isExpiredToken(error: unknown): boolean {
  return error instanceof AmazonCallFailed && error.refusal.status === 400;
}
