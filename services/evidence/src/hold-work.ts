import { messageOf } from '@recoup/kernel';
import type { Service } from '@recoup/service-kit';
import { renewWork, type DueWork } from './adapters/due-work.js';

/** So long does what a dead worker had taken wait for another. */
export const LEASE_SECONDS = 15;
/** Three tries within a lease: one that fails loses nothing. */
const RENEW_MS = 5000;

/**
 * Keeps others from work that was taken, for as long as this process lives and at most so many seconds. Answers what ends
 * that.
 */
export function holdWork(
  { pool, log }: Pick<Service, 'pool' | 'log'>,
  taken: readonly DueWork[],
  longestSeconds: number,
): () => void {
  const timer = setInterval(() => {
    renewWork(pool, taken, LEASE_SECONDS).catch((error: unknown) =>
      log.debug({ reason: messageOf(error) }, 'lease of due work not renewed'),
    );
  }, RENEW_MS);
  const end = setTimeout(() => clearInterval(timer), longestSeconds * 1000);
  return () => {
    clearInterval(timer);
    clearTimeout(end);
  };
}
