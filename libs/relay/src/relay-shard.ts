import { MAX_AGE_MS, type Bus } from '@recoup/bus';
import { followShard, type EventStore, type LogNotifications } from '@recoup/event-store';
import { AppError, backoffMs, sleep } from '@recoup/kernel';
import type { Pool } from 'pg';
import { loadCheckpoint, lowestConsumer, moveCheckpoint } from './checkpoint.js';

/** Events read and published at a time; the publisher keeps them in flight together. */
const BATCH = 2000;

export interface RelayDependencies {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly notifications: LogNotifications;
  readonly bus: Bus;
  readonly onError: (error: unknown) => void;
}

/** Another relay moved the checkpoint: this one is not the owner any more, or not alone. */
export class CheckpointMoved extends AppError {
  readonly code = 'CHECKPOINT_MOVED';
}

class BusRefused extends AppError {
  readonly code = 'BUS_REFUSED';
}

/**
 * Copies one shard from the log to the bus, in order, each event once, until the signal aborts. The checkpoint moves
 * over the contiguous acknowledged prefix only, so that a crash repeats at most what was in flight; repeats are
 * dropped by the server (message id) or by consumers (position).
 */
export async function relayShard(
  deps: RelayDependencies,
  shard: number,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    const epoch = new AbortController();
    const end = (): void => epoch.abort();
    // A server that comes back may have lost its tail: look again.
    const forget = deps.bus.onReconnect(end);
    signal.addEventListener('abort', end, { once: true });
    try {
      await deps.bus.ensureTopology();
      await refill(deps, shard);
      await forward(deps, shard, epoch.signal);
      failures = 0;
    } catch (error) {
      if (!signal.aborted) deps.onError(error);
    } finally {
      end(); // also ends the reading ahead
      forget();
      signal.removeEventListener('abort', end);
    }
    await sleep(backoffMs(failures, { baseMs: 50, capMs: 5000 }), signal);
  }
}

async function forward(deps: RelayDependencies, shard: number, signal: AbortSignal): Promise<void> {
  let { position } = await loadCheckpoint(deps.pool, shard);
  const batches = followShard(deps.store, deps.notifications, {
    shard,
    after: position,
    signal,
    limit: BATCH,
  });
  for await (const events of readAhead(batches)) {
    const to = position + (await deps.bus.publisher.publish(events, { deduplicate: true }));
    if (to > position && !(await moveCheckpoint(deps.pool, shard, { from: position, to }))) {
      throw new CheckpointMoved(`shard ${shard} is relayed by another process`);
    }
    position = to;
    if (position !== events.at(-1)?.position) {
      throw new BusRefused(`shard ${shard}: the bus did not acknowledge event ${position + 1}`);
    }
  }
}

/**
 * Asks for the next item while the present one is worked on: the database reads while the bus acknowledges. Ends the source
 * only through the signal that the source itself has: it may be waiting for events that never come.
 */
async function* readAhead<T>(source: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let next = source.next();
  for (let item = await next; !item.done; item = await next) {
    next = source.next();
    next.catch(() => undefined); // met again where it is awaited, unless nobody asks any more
    yield item.value;
  }
}

/**
 * JetStream acknowledges before it syncs to disk, and its store may be wiped: a tail behind the checkpoint has been lost.
 * What consumers still need is published again, without message ids, for the server would drop them as repeats.
 * A shard that has been quiet for longer than messages live has no tail, and that is no loss.
 */
async function refill({ pool, store, bus }: RelayDependencies, shard: number): Promise<void> {
  const { position, ageMs } = await loadCheckpoint(pool, shard);
  const tail = await bus.tailOf(shard);
  if (tail >= position || (tail === 0 && ageMs > MAX_AGE_MS)) return;
  let from = Math.max(tail, Math.min(position, (await lowestConsumer(pool, shard)) ?? 0));
  while (from < position) {
    const events = await store.readShard(shard, from, Math.min(BATCH, position - from));
    const sent = await bus.publisher.publish(events, { deduplicate: false });
    from += sent;
    if (sent < events.length) throw new BusRefused(`shard ${shard}: refill stopped at ${from}`);
  }
}
