import type { FactKind, Recording } from '@recoup/facts';
import { inTransaction } from '@recoup/service-kit';
import type { Pool } from 'pg';
import type { WindowBuyers } from '../buyers/window-buyers.js';
import type { SyncWindow } from '../sources/source.js';
import type { Job } from './job.js';
import { forgetStalls, holdJob } from './lease.js';
import { closeWindowRow } from './windows.js';

export interface WindowEnd {
  /** As far as it was read. */
  readonly window: SyncWindow;
  readonly recording: Recording;
  readonly buyers: Pick<WindowBuyers, 'store'>;
  /** The kind of fact that the window's records are. */
  readonly counts: FactKind;
}

/**
 * Stores what a window held and closes it, in one transaction: after a crash it is either done or to be fetched again,
 * never half. Answers how many records it held. Throws LeaseLost.
 */
export function closeWindow(
  pool: Pool,
  job: Job,
  { window, recording, buyers, counts }: WindowEnd,
): Promise<number> {
  return inTransaction(pool, async (tx) => {
    await holdJob(tx, job);
    const recorded = await recording.commit(tx);
    await buyers.store(tx);
    const { received = 0, changed = 0 } = recorded.get(counts) ?? {};
    const { nth, to } = window;
    await closeWindowRow(tx, { syncId: job.syncId, nth, to, received, changed });
    await forgetStalls(tx, job);
    return received;
  });
}
