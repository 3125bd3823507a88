import type { SyncResource } from '@recoup/contracts';
import { advanceSync } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { discardStagedBefore, type openRecording } from '@recoup/facts';
import { messageOf, type Clock } from '@recoup/kernel';
import type { Pool } from 'pg';
import type { OperationName } from '../amazon/operations.js';
import type { SpApiClient } from '../amazon/sp-api-client.js';
import type { BuyerStore } from '../buyers/buyer-store.js';
import type { SellerAccount } from '../connect/seller-account.js';
import type { Job } from '../jobs/job.js';
import type { Log } from '../log.js';
import { TurnOver } from '../jobs/turn-over.js';
import { loadWindows, type KnownWindow } from '../jobs/windows.js';
import type { BucketLevels } from '../limits/bucket-levels.js';
import { shortfallOf } from '../plan/order-shortfall.js';
import type { StoredPlan } from '../plan/stored-plan.js';
import type { Source, Lack } from '../sources/source.js';
import type { Timer } from '../timer.js';
import { openAnnouncer, type Announcer } from './announcer.js';
import { buyerNote } from './buyers-of-sync.js';
import { coverageOf, type CoverageWords } from './coverage-of.js';
import { firstLack } from './first-lack.js';
import { completeSync } from './end-sync.js';
import { bearableFailure } from './failure.js';
import { openForecast } from './forecast.js';
import { planOf } from './plan-sync.js';
import { openProgressBoard, type ProgressBoard } from './progress-board.js';
import { readSource } from './read-source.js';
import { rereadShortOrders } from './reread-short-orders.js';
import { contextOf } from './source-context.js';
import { startInOrder } from './start-in-order.js';
import type { SyncJournal } from './sync-journal.js';

export interface SyncDeps {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
  readonly buyers: BuyerStore;
  /** Whether the operator wants buyer data. */
  readonly buyerInfo: 'on' | 'off';
  readonly client: SpApiClient;
  /** How full the buckets of a seller are. */
  readonly levels: (sellerId: string) => Promise<BucketLevels>;
  /** Every source that may be used; the plan chooses one for each resource. */
  readonly sources: readonly Source[];
  /** Where the facts of a window go. */
  readonly openRecording: typeof openRecording;
  readonly endpoint: string | undefined;
  readonly timeScale: number;
}

export interface RunSync {
  readonly job: Job;
  readonly account: SellerAccount;
  readonly journal: SyncJournal;
  /** Aborting `work` stops everything that this sync does, with the abort's reason. */
  readonly work: AbortController;
  /** Aborts when others have waited long enough: what is open ends, and nothing more is begun. */
  readonly turn: AbortSignal;
}

/**
 * Runs a sync from wherever it stands to its completion. Throws SourceFailed, what planning throws, SyncNotActive,
 * LeaseLost or TurnOver; what was closed until then stays closed, and the next run goes on from there.
 */
export async function runSync(deps: SyncDeps, sync: RunSync): Promise<void> {
  const { pool, timer, timeScale } = deps;
  const { job, journal, account } = sync;
  const reading = new AbortController();
  const levels = () => deps.levels(account.sellerId);
  const forecast = openForecast({ timer, levels, timeScale });
  const context = contextOf(deps, { ...sync, reading: reading.signal, forecast });
  const { marketplaceIds, caller } = context;
  const plan = await planOf({ ...deps, caller, marketplaceIds, forecast }, job);
  const sources = deps.sources.filter(
    ({ resource, route }) => plan.planned.resources[resource]?.route === route,
  );
  const asOf = new Date(plan.asOf);
  await announcePlan(job, journal, plan);

  await discardStagedBefore(pool, job);
  const windows = await loadWindows(pool, job.syncId);
  const board = openProgressBoard({ windows, sources, totals: plan.totals });
  const announcer = openAnnouncer({
    tenantId: job.tenantId,
    journal,
    board,
    forecast,
    timer,
    onError: (error) => sync.work.abort(error),
  });
  const onClosed = (window: KnownWindow, received: number): void => {
    board.close(window.nth, received, window.to);
    announcer.announce(window);
  };
  const onCall = ({ nth }: KnownWindow, operation: OperationName): void =>
    board.noteCall(nth, operation);
  const onExpected = (window: KnownWindow): void => {
    board.replace([window]);
    announcer.announceExpected(window);
  };
  const broken = new Map<SyncResource, string>();
  const lacks = new Map<SyncResource, Lack | null>();
  const wordsOf = (resource: SyncResource): CoverageWords => ({
    days: { from: plan.planned.from, to: plan.planned.to },
    reason: broken.get(resource),
    lacking: firstLack({
      found: lacks.get(resource),
      shortfall: resource === 'orders' ? shortfallOf(board.windowsOf('orders'), asOf) : null,
      note: buyerNote(
        context.buyers,
        sources.find((one) => one.resource === resource),
      ),
    }),
  });
  const onSplit = (halves: readonly KnownWindow[]): void => board.replace(halves);
  const read = (source: Source, open: readonly KnownWindow[]): Promise<void> =>
    readSource({ ...deps, job, source, context, open, onClosed, onCall, onExpected, onSplit });
  const finish = async (source: Source): Promise<void> => {
    try {
      await readOpen({ board, sources: deps.sources, read }, source);
      if (source.resource === 'orders') {
        await rereadShortOrders({ ...deps, job, board, asOf, read }, source);
      }
      const lack = await source.lacks?.(context, board.windowsOf(source.resource));
      lacks.set(source.resource, lack ?? null);
    } catch (error) {
      const failure = caller.signal.aborted ? null : bearableFailure(error);
      if (!failure) throw error;
      deps.log.warn(
        { code: failure.code, resource: source.resource, reason: messageOf(error) },
        'the sync goes on without a source',
      );
      broken.set(source.resource, failure.message);
      board.giveUp(source.resource);
    }
    await announceResource(sync, { source, board, announcer, words: wordsOf(source.resource) });
  };
  await allOrFirstFailure(startInOrder(sources, finish), reading).catch(async (error: unknown) => {
    // What was closed in this turn is told before another worker may speak for the sync.
    if (error instanceof TurnOver) await announcer.flush();
    throw error;
  });
  await completeSync({ pool, job, journal, sources }, { board, wordsOf });
}

interface Reading {
  readonly board: ProgressBoard;
  readonly sources: readonly Source[];
  readonly read: (source: Source, open: readonly KnownWindow[]) => Promise<void>;
}

/** Reads what is open of a source's resource; windows that are read a second time have a route of their own. */
async function readOpen({ board, sources, read }: Reading, source: Source): Promise<void> {
  const open = board.windowsOf(source.resource).filter(({ closed }) => !closed);
  for (const route of new Set(open.map((window) => window.route))) {
    const by = sources.find((other) => other.route === route) ?? source;
    await read(
      by,
      open.filter((window) => window.route === route),
    );
  }
}

/**
 * Waits for all to end. When one fails the others are stopped, for nothing more is to be asked of Amazon; when one ends
 * because the turn is over they end by themselves. The failure is thrown when they have, so that nothing is stored after the sync has said how far it reaches.
 */
async function allOrFirstFailure(
  parts: readonly Promise<void>[],
  reading: AbortController,
): Promise<void> {
  const failures: unknown[] = [];
  const settled = parts.map((part) =>
    part.catch((error: unknown) => {
      failures.push(error);
      if (!(error instanceof TurnOver)) reading.abort(error);
    }),
  );
  await Promise.all(settled);
  if (failures.length > 0) throw failures.find((one) => !(one instanceof TurnOver)) ?? failures[0];
}

async function announcePlan(job: Job, journal: SyncJournal, plan: StoredPlan): Promise<void> {
  // Known from the first `sync.planned` on: a successor has nothing to add.
  if (journal.state().estimatedCompletion !== null) return;
  await journal.write((state, cause) =>
    advanceSync(job.tenantId, state, { type: 'sync.planned', data: plan.planned, once: [], cause }),
  );
}

interface FinishedSource {
  readonly source: Source;
  readonly board: ProgressBoard;
  readonly announcer: Announcer;
  readonly words: CoverageWords;
}

/** After the last progress of a resource, so that its final count is heard before its completion. */
async function announceResource(
  { job, journal }: RunSync,
  { source: { resource }, board, announcer, words }: FinishedSource,
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
        coverage: coverageOf(board.windowsOf(resource), words),
      },
      once: [resource],
      cause,
    }),
  );
}
