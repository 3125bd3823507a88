import { UnexpectedAnswer } from './errors.js';

export interface Page<R> {
  readonly rows: readonly R[];
  readonly nextToken: string | null;
}

/**
 * Walks pages until there is no next token. Amazon has been seen to hand out a token that leads back to a page already
 * read; that would never end, so a token that comes twice is an error.
 */
export async function* pages<R>(
  fetchPage: (token: string | undefined) => Promise<Page<R>>,
): AsyncGenerator<readonly R[]> {
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page: Page<R> = await fetchPage(token);
    yield page.rows;
    token = page.nextToken || undefined;
    if (token !== undefined && seen.has(token)) {
      throw new UnexpectedAnswer('a page token came twice');
    }
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
}
