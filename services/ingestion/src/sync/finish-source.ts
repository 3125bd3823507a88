import { advanceSync } from '@recoup/domain';
import { messageOf } from '@recoup/kernel';
import type { KnownWindow } from '../jobs/windows.js';
import type { Source } from '../sources/source.js';
import type { Announcer } from './announcer.js';
import { coverageOf } from './coverage-of.js';
import { bearableFailure } from './failure.js';
import type { Findings } from './findings.js';
import type { ProgressBoard } from './progress-board.js';
import { readSource } from './read-source.js';
import { rereadShortOrders } from './reread-short-orders.js';
import type { RunSync, SyncDeps } from './run-sync.js';
import type { SyncContext } from './source-context.js';

/** A sync as it is being read. */
export interface Reading {
  readonly deps: SyncDeps;
  readonly sync: RunSync;
  readonly context: SyncContext;
  readonly board: ProgressBoard;
  readonly announcer: Announcer;
  readonly findings: Findings;
  /** The end of the time that the sync is about. */
  readonly asOf: Date;
}

/**
 * Reads what is open of a source, and says how far its resource reaches. What the sync can bear to go without is noted, and
 * the sync goes on; everything else is thrown.
 */
export async function finishSource(reading: Reading, source: Source): Promise<void> {
  const { deps, context, board, findings } = reading;
  const { resource } = source;
  try {
    await readOpen(reading, source);
    findings.noteLack(resource, (await source.lacks?.(context, board.windowsOf(resource))) ?? null);
  } catch (error) {
    const failure = context.caller.signal.aborted ? null : bearableFailure(error);
    if (!failure) throw error;
    deps.log.warn(
      { code: failure.code, resource, reason: messageOf(error) },
      'the sync goes on without a source',
    );
    findings.noteBroken(resource, failure.message);
    board.giveUp(resource);
  }
  await announceResource(reading, source);
}

/** Windows that are read a second time have a route of their own. */
async function readOpen(reading: Reading, source: Source): Promise<void> {
  const { deps, sync, board, asOf } = reading;
  const open = board.windowsOf(source.resource).filter(({ closed }) => !closed);
  for (const route of new Set(open.map((window) => window.route))) {
    const by = deps.sources.find((other) => other.route === route) ?? source;
    const ofRoute = open.filter((window) => window.route === route);
    await read(reading, by, ofRoute);
  }
  if (source.resource !== 'orders') return;
  const again = (by: Source, some: readonly KnownWindow[]) => read(reading, by, some);
  await rereadShortOrders({ ...deps, job: sync.job, board, asOf, read: again }, source);
}

function read(
  { deps, sync, context, board, announcer }: Reading,
  source: Source,
  open: readonly KnownWindow[],
): Promise<void> {
  return readSource({
    ...deps,
    job: sync.job,
    source,
    context,
    open,
    onCall: ({ nth }, operation) => board.noteCall(nth, operation),
    onSplit: (halves) => board.replace(halves),
    onExpected(window) {
      board.replace([window]);
      announcer.announceExpected(window);
    },
    onClosed(window, received) {
      board.close(window.nth, received, window.to);
      announcer.announce(window);
    },
  });
}

/** After the last progress of a resource, so that its final count is heard before its completion. */
async function announceResource(
  { sync: { job, journal }, board, announcer, findings }: Reading,
  { resource }: Source,
): Promise<void> {
  await announcer.flush();
  if (journal.state().coverage[resource]) return;
  await journal.write((state, cause) =>
    advanceSync(job.tenantId, state, {
      type: 'sync.resource_completed',
      data: {
        syncId: job.syncId,
        resource,
        processed: board.counts()[resource]?.processed ?? 0,
        coverage: coverageOf(board.windowsOf(resource), findings.wordsOf(resource)),
      },
      once: [resource],
      cause,
    }),
  );
}
