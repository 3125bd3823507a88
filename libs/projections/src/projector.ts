import type { RecordedEvent } from '@recoup/contracts';
import {
  followShard,
  inTransaction,
  ownShards,
  type EventStore,
  type LogNotifications,
} from '@recoup/event-store';
import { AppError, backoffMs, sleep } from '@recoup/kernel';
import type { ClientConfig, Pool } from 'pg';
import { applyEvents } from './apply.js';
import { loadCheckpoint, moveCheckpoints } from './checkpoint.js';
import type { AnyProjection } from './projection.js';
import type { FoldFailed } from './stuck-rows.js';

export interface ProjectorDependencies {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly notifications: LogNotifications;
  readonly connection: ClientConfig;
  readonly projections: readonly AnyProjection[];
  /** Called around the fold of a batch, which it does: for what measures and traces it. */
  readonly around?: <T>(events: readonly RecordedEvent[], fold: () => Promise<T>) => Promise<T>;
  /** Told of interruptions, which are tried again, and of rows that are stuck (`FoldFailed`), which are not. */
  readonly onError: (error: unknown) => void;
}

/** Another projector moved a checkpoint: what was folded here is rolled back, and the place is read again. */
class CheckpointMoved extends AppError {
  readonly code = 'CHECKPOINT_MOVED';
}

/**
 * Keeps projections up to date on every shard whose lock this process gets, until the signal aborts. It follows the log
 * in Postgres and not the bus, so that reads stay live while NATS is away.
 */
export function runProjector(deps: ProjectorDependencies, signal: AbortSignal): Promise<void> {
  return ownShards({
    name: 'projector',
    connection: deps.connection,
    signal,
    run: (shard, owned) => projectShard(deps, shard, owned),
    onError: deps.onError,
  });
}

/** Projects one shard until the signal aborts. */
export async function projectShard(
  deps: ProjectorDependencies,
  shard: number,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      const places = new Map<AnyProjection, number>();
      for (const projection of deps.projections) {
        places.set(projection, await loadCheckpoint(deps.pool, projection, shard));
      }
      const after = Math.min(...places.values());
      for await (const events of followShard(deps.store, deps.notifications, {
        shard,
        after,
        signal,
      })) {
        const fold = () => projectBatch(deps.pool, places, events);
        const stuck = await (deps.around?.(events, fold) ?? fold());
        stuck.forEach(deps.onError);
        failures = 0;
      }
    } catch (error) {
      if (!(error instanceof CheckpointMoved)) deps.onError(error);
    }
    await sleep(backoffMs(failures, { baseMs: 50, capMs: 5000 }), signal);
  }
}

/** One transaction for all projections: they never show different moments of a seller. Answers rows that got stuck. */
async function projectBatch(
  pool: Pool,
  places: Map<AnyProjection, number>,
  events: readonly RecordedEvent[],
): Promise<readonly FoldFailed[]> {
  const last = events.at(-1);
  if (!last) return [];
  const { position: to, shard } = last;
  const behind = [...places].filter(([, from]) => from < to); // one that is ahead waits for the others
  const stuck = await inTransaction(pool, async (tx) => {
    if (!(await moveCheckpoints(tx, behind, { shard, to }))) {
      throw new CheckpointMoved(`another projector is at shard ${shard}`);
    }
    const failures: FoldFailed[] = [];
    for (const [projection, from] of behind) {
      const missing = events.filter((event) => event.position > from);
      failures.push(...(await applyEvents(tx, projection, missing)));
    }
    return failures;
  });
  for (const [projection] of behind) places.set(projection, to);
  return stuck;
}
