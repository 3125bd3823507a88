import type { Coverage, SyncResource } from '@recoup/contracts';
import { endSync } from '@recoup/domain';
import { latestBatch } from '@recoup/facts';
import type { Pool } from 'pg';
import type { Job } from '../jobs/job.js';
import { loadPlan } from '../jobs/plan-store.js';
import { loadWindows } from '../jobs/windows.js';
import type { Source } from '../sources/source.js';
import { coverageOf, type CoverageWords } from './coverage-of.js';
import type { Failure } from './failure.js';
import type { ProgressBoard } from './progress-board.js';
import type { SyncJournal } from './sync-journal.js';

interface Ending {
  readonly pool: Pool;
  readonly job: Job;
  readonly journal: SyncJournal;
  readonly sources: readonly Source[];
}

interface Completion {
  readonly board: ProgressBoard;
  /** What is to be said of a resource's coverage. */
  readonly wordsOf: (resource: SyncResource) => CoverageWords;
}

/** Everything planned is stored: says so, names the state of the facts, and frees the tenant for the next sync. */
export async function completeSync(
  { pool, job, journal, sources }: Ending,
  { board, wordsOf }: Completion,
): Promise<void> {
  const factsAsOf = await latestBatch(pool, job.tenantId);
  const coverage = perResource(sources, (resource) =>
    coverageOf(board.windowsOf(resource), wordsOf(resource)),
  );
  await journal.write((state, cause) =>
    endSync(job.tenantId, state, {
      type: 'sync.completed',
      data: { syncId: job.syncId, factsAsOf, counts: board.counts(), coverage },
      cause,
    }),
  );
}

/**
 * The sync cannot go on. What was stored stays, and the event says how far it reaches: of a resource that was finished in
 * the words that were said then, for what it lacks is no matter of the failure.
 */
export async function failSync(
  { pool, job, journal, sources }: Ending,
  failure: Failure,
): Promise<void> {
  const windows = await loadWindows(pool, job.syncId);
  const days = (await loadPlan(pool, job.syncId))?.planned;
  const coverage = perResource(sources, (resource): Coverage => {
    const said = journal.state().coverage[resource];
    if (said) return said;
    const own = windows.filter((window) => window.resource === resource);
    if (!days) return { state: 'missing', from: null, to: null, reason: failure.message };
    return coverageOf(own, { days: { from: days.from, to: days.to }, reason: failure.message });
  });
  await journal.write((state, cause) =>
    endSync(job.tenantId, state, {
      type: 'sync.failed',
      data: { syncId: job.syncId, ...failure, coverage },
      cause,
    }),
  );
}

function perResource(
  sources: readonly Source[],
  coverage: (resource: SyncResource) => Coverage,
): Partial<Record<SyncResource, Coverage>> {
  return Object.fromEntries(sources.map(({ resource }) => [resource, coverage(resource)]));
}
