import { inTransaction, type EventStore } from '@recoup/event-store';
import { ALL_SHARDS, AppError, codeOf, sleep } from '@recoup/kernel';
import type { Pool } from 'pg';
import { loadCheckpoint } from './checkpoint.js';
import { tableName, type AnyProjection } from './projection.js';
import { foldPage, PAGE } from './rebuild-page.js';
import { swap } from './swap.js';
import { dropBeside, makeBeside } from './table-beside.js';

export interface Rebuild {
  /** Of the role that owns the tables: projectors may not make any. It needs two connections. */
  readonly pool: Pool;
  readonly store: Pick<EventStore, 'readShard'>;
  readonly projection: AnyProjection;
  /** Told after every page: events folded so far of those that there are by now. Equal numbers: it is done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the rebuild between two pages; the live table is then as it was. */
  readonly signal?: AbortSignal;
}

/** Somebody else rebuilds this projection at this moment. */
export class RebuildUnderWay extends AppError {
  readonly code = 'REBUILD_UNDER_WAY';
}

/** How long the exchange first waits for readers, in milliseconds; each further try twice as long. */
const LOCK_MS = { first: 200, longest: 60_000 } as const;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Folds a projection anew from the log into a table beside the live one, and puts it in its place in one transaction:
 * readers see all of the old rows or all of the new ones. Projectors go on meanwhile, and wait for that transaction only;
 * what comes while pages are folded is folded in further rounds, so that little is left for it. Rows that were stuck are
 * stuck no longer, unless folding them fails again. Begun again, it starts from the beginning. Answers how many events were
 * folded before the exchange. Throws RebuildUnderWay.
 */
export async function rebuildProjection(rebuild: Rebuild): Promise<{ readonly events: number }> {
  const { pool, projection } = rebuild;
  const next = { ...projection, beside: true };
  const lock = await pool.connect();
  try {
    const key = `recoup:rebuild:${tableName(projection)}`;
    const { rows } = await lock.query<{ mine: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
      [key],
    );
    if (!rows[0]?.mine) throw new RebuildUnderWay(`${projection.name} is being rebuilt already`);
    return await rebuildAlone(rebuild, next);
  } finally {
    lock.release(true); // its lock goes with its session
  }
}

async function rebuildAlone(
  rebuild: Rebuild,
  next: AnyProjection,
): Promise<{ readonly events: number }> {
  const { pool, projection } = rebuild;
  await inTransaction(pool, (tx) => makeBeside(tx, projection, next));
  try {
    const events = await foldRounds(rebuild, next);
    await pool.query(`analyze rm.${tableName(next)}`); // a table without figures is read by guesses
    await exchange(rebuild, next);
    rebuild.onProgress?.(events, events);
    return { events };
  } catch (error) {
    await dropBeside(pool, next).catch(() => undefined); // the next rebuild does it otherwise
    throw error;
  }
}

/** Exchanges the tables as soon as those who read let it. */
async function exchange(
  { pool, store, projection, signal }: Rebuild,
  next: AnyProjection,
): Promise<void> {
  for (let lockMs: number = LOCK_MS.first; ; lockMs = Math.min(2 * lockMs, LOCK_MS.longest)) {
    signal?.throwIfAborted();
    try {
      await inTransaction(pool, (tx) => swap(tx, { store, projection, next }, lockMs));
      return;
    } catch (error) {
      if (codeOf(error) !== LOCK_NOT_AVAILABLE) throw error;
    }
    await sleep(lockMs); // those who waited behind us go first
  }
}

/** Folds up to where the live one stands, again and again while that leaves less each time. Answers the events folded. */
async function foldRounds(rebuild: Rebuild, next: AnyProjection): Promise<number> {
  const { pool, projection, onProgress } = rebuild;
  const places = new Map<number, number>(ALL_SHARDS.map((shard) => [shard, 0]));
  let done = 0;
  for (let before = Infinity; ;) {
    const heads = new Map<number, number>();
    for (const shard of ALL_SHARDS) heads.set(shard, await loadCheckpoint(pool, projection, shard));
    const total = [...heads.values()].reduce((sum, head) => sum + head, 0);
    onProgress?.(done, total);
    const left = total - done;
    // Little enough for the exchange, or it comes as fast as it is folded.
    if (left === 0 || (left <= PAGE && before !== Infinity) || left >= before) return done;
    before = left;
    for await (const folded of foldRound(rebuild, { next, places, heads })) {
      done += folded;
      onProgress?.(done, total);
    }
  }
}

interface Round {
  readonly next: AnyProjection;
  /** Where each shard stands; moved on. */
  readonly places: Map<number, number>;
  readonly heads: ReadonlyMap<number, number>;
}

/** Folds each shard up to its head, and tells after every page how many events it held. */
async function* foldRound(
  { pool, store, signal }: Rebuild,
  { next, places, heads }: Round,
): AsyncGenerator<number, void> {
  for (const [shard, head] of heads) {
    for (let from = places.get(shard) ?? 0; from < head;) {
      signal?.throwIfAborted();
      const page = { next, shard, from, head };
      const to = await inTransaction(pool, (tx) => foldPage(tx, store, page));
      places.set(shard, to);
      yield to - from;
      from = to;
    }
  }
}
