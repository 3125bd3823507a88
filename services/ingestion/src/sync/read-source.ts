import type { openRecording, Recording } from '@recoup/facts';
import type { Pool } from 'pg';
import { WindowTooLarge } from '../amazon/errors.js';
import type { OperationName } from '../amazon/operations.js';
import type { BuyerStore } from '../buyers/buyer-store.js';
import { openWindowBuyers, type WindowBuyers } from '../buyers/window-buyers.js';
import { closeWindow } from '../jobs/close-window.js';
import type { Job } from '../jobs/job.js';
import { splitWindow } from '../jobs/split-window.js';
import { TurnOver } from '../jobs/turn-over.js';
import type { KnownWindow } from '../jobs/windows.js';
import type { FactSink, Source, SourceContext } from '../sources/source.js';
import type { SyncContext } from './source-context.js';
import { notingClient } from './noting-client.js';
import { oneTurnClient } from './one-turn.js';
import { SourceFailed } from './source-failed.js';

export interface ReadSource {
  readonly pool: Pool;
  readonly buyers: BuyerStore;
  readonly job: Job;
  readonly source: Source;
  readonly openRecording: typeof openRecording;
  readonly context: SyncContext;
  /** The windows still open, in the order of work. */
  readonly open: readonly KnownWindow[];
  /** Called for each call that is made for a window. */
  readonly onCall: (window: KnownWindow, operation: OperationName) => void;
  /** Called with a window of which it turned out how many calls it takes. */
  readonly onExpected: (window: KnownWindow) => void;
  /** Called when a window turned out too large, with its halves; the newer has its number. */
  readonly onSplit: (halves: readonly KnownWindow[]) => void;
  /** Called with the window as far as it was read. */
  readonly onClosed: (window: KnownWindow, received: number) => void;
}

/**
 * Reads and stores all open windows of a source, several at a time, in order. One that turns out too large is cut in two
 * and read on. When the sync's turn is over no further window is begun, and one that has got nothing yet is given back.
 * Throws SourceFailed for the first that cannot be read, and TurnOver while windows are left; what was stored stays.
 */
export async function readSource({
  pool,
  buyers: store,
  job,
  source,
  openRecording,
  context,
  open,
  onClosed,
  onCall,
  onExpected,
  onSplit,
}: ReadSource): Promise<void> {
  const queue = [...open];
  const contextOf = (window: KnownWindow): SourceContext => ({
    ...context,
    client: notingClient(oneTurnClient(context.client), (operation) => onCall(window, operation)),
    caller: { ...context.caller, rank: window.nth },
    expectCalls: (calls) => onExpected({ ...window, calls }),
  });

  async function work(): Promise<void> {
    while (!context.caller.turn?.aborted) {
      const window = queue.shift();
      if (!window) return;
      const recording = openRecording(pool, {
        tenantId: job.tenantId,
        syncId: job.syncId,
        route: source.route,
      });
      try {
        const buyers = openWindowBuyers(store, job.tenantId);
        let reached = window.to;
        const sink = sinkOf(recording, buyers, (until) => (reached = until));
        await source.read(contextOf(window), window, sink);
        context.caller.signal.throwIfAborted();
        const read = { ...window, to: reached };
        const received = await closeWindow(pool, job, {
          window: read,
          recording,
          buyers,
          counts: source.counts,
        });
        onClosed(read, received);
      } catch (cause) {
        // What it put aside is nobody's any more. Where even that fails, the tenant's next sync clears it away.
        await recording.restart().catch(() => undefined);
        if (cause instanceof TurnOver) return void queue.unshift(window);
        if (await readInHalves(window, cause)) continue;
        queue.length = 0; // the neighbours finish the window they hold and begin no other
        throw new SourceFailed(source.resource, cause);
      }
    }
  }

  async function readInHalves(window: KnownWindow, cause: unknown): Promise<boolean> {
    if (!(cause instanceof WindowTooLarge)) return false;
    const halves = await splitWindow(pool, job, window);
    if (!halves) return false;
    queue.unshift(...halves);
    onSplit(halves);
    return true;
  }

  // All are waited for, also after a failure: a report that a neighbour is just being promised would otherwise arrive when
  // the job is another's, be noted by nobody, and be asked for again.
  const ended = await Promise.allSettled(Array.from({ length: source.concurrency }, work));
  const failed = ended.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  if (queue.length > 0) throw new TurnOver();
}

function sinkOf(
  recording: Recording,
  buyers: WindowBuyers,
  reachesOnly: FactSink['reachesOnly'],
): FactSink {
  return {
    reachesOnly,
    write: (kind, facts) => recording.write(kind, facts),
    keepBuyers: (given) => buyers.keep(given),
    async restart() {
      buyers.forget();
      await recording.restart();
    },
  };
}
