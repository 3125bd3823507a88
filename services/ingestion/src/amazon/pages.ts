import { UnexpectedAnswer } from './errors.js';

export interface Page<R> {
  readonly rows: readonly R[];
  readonly nextToken: string | null;
}

/** Pages given once more, one after the other, that a walk puts up with before it takes them for a circle. */
const MOST_REPEATS = 5;

/**
 * Walks pages until there is no next token. Amazon has been seen to give a page once more, and to hand out tokens that lead
 * in a circle. A page that ends with a token seen before is one read before: its rows are not given again, and the walk goes
 * on; if nothing new comes for long it is a circle, and an error.
 */
export async function* pages<R>(
  fetchPage: (token: string | undefined) => Promise<Page<R>>,
): AsyncGenerator<readonly R[]> {
  const seen = new Set<string>();
  let repeats = 0;
  let token: string | undefined;
  do {
    const page: Page<R> = await fetchPage(token);
    token = page.nextToken || undefined;
    const isNew = token === undefined || !seen.has(token);
    repeats = isNew ? 0 : repeats + 1;
    if (repeats > MOST_REPEATS) throw new UnexpectedAnswer('page tokens lead in a circle');
    if (isNew) yield page.rows;
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
}
