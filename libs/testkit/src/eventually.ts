import { inspect } from 'node:util';
import { AppError, messageOf, sleep } from '@recoup/kernel';

export class NeverHappened extends AppError {
  readonly code = 'NEVER_HAPPENED';
}

export interface EventuallyOptions {
  /** How long to keep looking, in milliseconds. */
  readonly timeoutMs?: number;
  /** Pause between two looks, in milliseconds. */
  readonly everyMs?: number;
}

/**
 * Looks again and again until `check` neither throws nor answers false, null or undefined, and answers what it answered.
 * Throws NeverHappened, saying what was seen last: the way to wait for something without asserting how long it takes.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 10_000, everyMs = 25 }: EventuallyOptions = {},
): Promise<Exclude<Awaited<T>, false | null | undefined>> {
  const deadline = performance.now() + timeoutMs;
  let seen: string;
  let cause: unknown;
  do {
    try {
      const value = await check();
      if (happened(value)) return value;
      cause = undefined;
      seen = `last seen: ${inspect(value)}`;
    } catch (error) {
      cause = error;
      seen = `last error: ${messageOf(error)}`;
    }
    await sleep(everyMs);
  } while (performance.now() < deadline);
  throw new NeverHappened(`nothing after ${timeoutMs} ms; ${seen}`, { cause });
}

function happened<V>(value: V): value is Exclude<V, false | null | undefined> {
  return value !== false && value !== null && value !== undefined;
}
