import { messageOf, sleep, type Clock } from '@recoup/kernel';
import { z } from 'zod';

const timeSchema = z.object({ now: z.iso.datetime() });

export interface FollowedClock extends Clock {
  /** Follows until the signal aborts. While the other clock is out of reach it goes on from where it was. */
  follow(signal: AbortSignal, onError: (error: unknown) => void): Promise<void>;
}

/** How often the other clock is looked at, in milliseconds. */
const EVERY_MS = 500;

/**
 * The clock of a simulated Amazon: `GET <url>` → `{now}`. Whoever moves that clock moves every service with it. It is read
 * once before this resolves, and never goes back. Throws where it cannot be read then.
 */
export async function openFollowedClock(url: string): Promise<FollowedClock> {
  let aheadMs = await readAhead(url);
  return {
    now: () => new Date(Date.now() + aheadMs),
    async follow(signal, onError) {
      while (!signal.aborted) {
        await sleep(EVERY_MS, signal);
        if (signal.aborted) return;
        try {
          aheadMs = Math.max(aheadMs, await readAhead(url));
        } catch (error) {
          onError(messageOf(error));
        }
      }
    },
  };
}

async function readAhead(url: string): Promise<number> {
  const asked = Date.now();
  const response = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  const { now } = timeSchema.parse(await response.json());
  // What the answer took is taken for time that passed there as well: never behind, and hardly ahead.
  return Date.parse(now) - asked;
}
