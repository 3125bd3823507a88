import { messageOf, sleep } from '@recoup/kernel';
import type { Log } from '../log.js';
import type { BuyerStore } from './buyer-store.js';

/** How often is looked, in milliseconds. What has had its day does not open meanwhile either. */
const LOOK_MS = 10_000;

/** Orders of one transaction. */
const AT_ONCE = 500;

/**
 * Destroys buyer data whose day has come until the signal aborts, whatever the setting is: what was stored while it was
 * on goes also after it was turned off. Any number of processes may; one that dies leaves the rest to the next look.
 */
export async function runSweeper(
  { buyers, log }: { readonly buyers: BuyerStore; readonly log: Log },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const orders = await sweepAll(buyers, signal);
      if (orders > 0) log.info({ orders }, 'buyer data that had their day were destroyed');
    } catch (error) {
      log.warn(`could not look for buyer data that have had their day: ${messageOf(error)}`);
    }
    await sleep(LOOK_MS, signal);
  }
}

async function sweepAll(buyers: BuyerStore, signal: AbortSignal): Promise<number> {
  let orders = 0;
  for (;;) {
    const swept = await buyers.sweep(AT_ONCE);
    orders += swept;
    if (swept < AT_ONCE || signal.aborted) return orders;
  }
}
