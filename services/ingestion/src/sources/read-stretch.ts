import { AmazonCallFailed, UnexpectedAnswer } from '../amazon/errors.js';

export interface Stretch {
  readonly from: Date;
  /** Excluded. */
  readonly to: Date;
}

/** Pages in a row that bring nothing but rows read before, after which a walk is taken for a circle. */
const MOST_REPEATS = 5;

/** Amazon's times are told to the second: what is posted within one cannot be had in parts. */
const SHORTEST_MS = 1000;

interface ReadStretch<A> {
  readonly open: (stretch: Stretch) => AsyncIterable<readonly A[]>;
  /** The id of a row, by which one that comes twice is known; null where it has none. */
  readonly idOf: (row: A) => string | null;
}

/**
 * Everything in a stretch of time, rows with an id once. Where Amazon refuses a page (its token ran out while the limit made
 * us wait, or the answer would be too large; it says no more than that its input is invalid) the stretch is read once more,
 * and then in halves. Throws what the client throws, and UnexpectedAnswer for pages that lead in a circle.
 */
export async function readStretch<A>(stretch: Stretch, how: ReadStretch<A>): Promise<A[]> {
  for (let again = false; ; again = true) {
    try {
      return await walk(how.open(stretch), how.idOf);
    } catch (error) {
      if (!isRefused(error)) throw error;
      if (!again) continue;
      const [first, second] = halvesOf(stretch, error);
      return [...(await readStretch(first, how)), ...(await readStretch(second, how))];
    }
  }
}

async function walk<A>(
  open: AsyncIterable<readonly A[]>,
  idOf: (row: A) => string | null,
): Promise<A[]> {
  const seen = new Set<string>();
  const rows: A[] = [];
  let repeats = 0;
  for await (const page of open) {
    const fresh = page.filter((row) => isFirst(idOf(row), seen));
    rows.push(...fresh);
    if (page.length > 0) repeats = fresh.length === 0 ? repeats + 1 : 0;
    if (repeats > MOST_REPEATS) throw new UnexpectedAnswer('pages repeat what was read before');
  }
  return rows;
}

function isFirst(id: string | null, seen: Set<string>): boolean {
  if (id === null) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}

function isRefused(error: unknown): boolean {
  if (!(error instanceof AmazonCallFailed)) return false;
  return error.refusal.status === 400 || error.refusal.status === 413;
}

function halvesOf({ from, to }: Stretch, error: unknown): [Stretch, Stretch] {
  const span = to.getTime() - from.getTime();
  if (span <= SHORTEST_MS) throw error;
  const seconds = Math.max(1, Math.floor(span / 2 / SHORTEST_MS));
  const middle = new Date(from.getTime() + seconds * SHORTEST_MS);
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}
