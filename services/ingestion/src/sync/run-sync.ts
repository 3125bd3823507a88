import { advanceSync } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { discardStagedBefore, type openRecording } from '@recoup/facts';
import type { Clock } from '@recoup/kernel';
import type { Pool } from 'pg';
import type { SpApiClient } from '../amazon/sp-api-client.js';
import type { BuyerStore } from '../buyers/buyer-store.js';
import type { SellerAccount } from '../connect/seller-account.js';
import type { Job } from '../jobs/job.js';
import type { Log } from '../log.js';
import { TurnOver } from '../jobs/turn-over.js';
import { loadWindows } from '../jobs/windows.js';
import type { BucketLevels } from '../limits/bucket-levels.js';
import type { StoredPlan } from '../plan/stored-plan.js';
import type { Source } from '../sources/source.js';
import type { Timer } from '../timer.js';
import { allOrFirstFailure } from './all-or-first-failure.js';
import { openAnnouncer } from './announcer.js';
import { completeSync } from './end-sync.js';
import { openFindings } from './findings.js';
import { finishSource, type Reading } from './finish-source.js';
import { openForecast } from './forecast.js';
import { planOf } from './plan-sync.js';
import { openProgressBoard } from './progress-board.js';
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
  const { tenantId } = job;
  const stop = new AbortController();
  const levels = () => deps.levels(account.sellerId);
  const forecast = openForecast({ timer, levels, timeScale });
  const context = contextOf(deps, { ...sync, reading: stop.signal, forecast });
  const { marketplaceIds, caller, buyers } = context;
  const plan = await planOf({ ...deps, caller, marketplaceIds, forecast }, job);
  const sources = deps.sources.filter(
    ({ resource, route }) => plan.planned.resources[resource]?.route === route,
  );
  await announcePlan(job, journal, plan);

  await discardStagedBefore(pool, job);
  const windows = await loadWindows(pool, job.syncId);
  const board = openProgressBoard({ windows, sources, totals: plan.totals });
  const onError = (error: unknown): void => sync.work.abort(error);
  const announcer = openAnnouncer({ tenantId, journal, board, forecast, timer, onError });
  const findings = openFindings({ plan, board, sources, buyers });
  const asOf = new Date(plan.asOf);
  const reading: Reading = { deps, sync, context, board, announcer, findings, asOf };
  const finishing = startInOrder(sources, (source) => finishSource(reading, source));
  await allOrFirstFailure(finishing, stop).catch(async (error: unknown) => {
    // What was closed in this turn is told before another worker may speak for the sync.
    if (error instanceof TurnOver) await announcer.flush();
    throw error;
  });
  await completeSync(
    { pool, job, journal, sources },
    { board, wordsOf: (resource) => findings.wordsOf(resource) },
  );
}

async function announcePlan(job: Job, journal: SyncJournal, plan: StoredPlan): Promise<void> {
  // Known from the first `sync.planned` on: a successor has nothing to add.
  if (journal.state().estimatedCompletion !== null) return;
  await journal.write((state, cause) =>
    advanceSync(job.tenantId, state, { type: 'sync.planned', data: plan.planned, once: [], cause }),
  );
}
