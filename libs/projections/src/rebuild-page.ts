import type { EventStore } from '@recoup/event-store';
import type { PoolClient } from 'pg';
import { applyEvents } from './apply.js';
import { moveCheckpoints } from './checkpoint.js';
import type { AnyProjection } from './projection.js';

/** Events per transaction. */
export const PAGE = 500;

export interface Page {
  readonly next: AnyProjection;
  readonly shard: number;
  readonly from: number;
  readonly head: number;
}

/** Folds a page of a shard up to a position at most, and answers how far it came. */
export async function foldPage(
  tx: PoolClient,
  store: Pick<EventStore, 'readShard'>,
  { next, shard, from, head }: Page,
): Promise<number> {
  const events = await store.readShard(shard, from, Math.min(PAGE, head - from));
  const to = events.at(-1)?.position;
  if (to === undefined) throw new Error(`the log of shard ${shard} ends before ${head}`);
  await applyEvents(tx, next, events);
  await moveCheckpoints(tx, [[next, from]], { shard, to });
  return to;
}
