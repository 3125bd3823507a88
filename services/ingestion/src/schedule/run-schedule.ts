import { messageOf, sleep } from '@recoup/kernel';
import { followSchedule } from './due-sellers.js';
import { MOST_AT_ONCE, startDueSyncs, type ScheduleDeps } from './start-due-syncs.js';

/** How often sellers who are due are looked for, in milliseconds: what a scheduled sync may be late. */
const LOOK_MS = 15_000;

/** Keeps the schedule until the signal aborts. Any number of instances may: each due sync starts once. */
export async function runSchedule(deps: ScheduleDeps, signal: AbortSignal): Promise<void> {
  let followed = false;
  while (!signal.aborted) {
    try {
      if (!followed) await followSchedule(deps.pool, deps.schedule);
      followed = true;
      while (!signal.aborted && (await startDueSyncs(deps)) === MOST_AT_ONCE);
    } catch (error) {
      deps.log.warn(`could not look for scheduled syncs: ${messageOf(error)}`);
    }
    await sleep(LOOK_MS, signal);
  }
}
