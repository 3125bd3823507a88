import { shardOf, ALL_SHARDS } from '@recoup/kernel';
import type { Pool } from 'pg';
import type { From } from './tail-options.js';

/** The position of each shard after which reading begins. */
export type StartPlaces = ReadonlyMap<number, number>;

/**
 * Appends are recorded with the time at which their transaction began, and may have waited for their turn since: so far
 * two neighbours can stand in the other order, in milliseconds. It is longer than a statement of a service may take.
 */
const OUT_OF_ORDER_MS = 60_000;

/** The shards to read and where, for one seller or for all. */
export async function startPlaces(
  pool: Pool,
  { from, tenant }: { readonly from: From; readonly tenant: string | undefined },
): Promise<StartPlaces> {
  const shards = tenant === undefined ? ALL_SHARDS : [shardOf(tenant)];
  const heads = await headsOf(pool);
  const places = new Map<number, number>();
  for (const shard of shards) {
    const head = heads.get(shard) ?? 0;
    places.set(shard, await placeIn(pool, { shard, head, from }));
  }
  return places;
}

/** The last position of each shard. */
export async function headsOf(pool: Pool): Promise<ReadonlyMap<number, number>> {
  const { rows } = await pool.query<{ shard: number; head: string }>(
    'select shard, head from log.shard',
  );
  return new Map(rows.map(({ shard, head }) => [shard, Number(head)]));
}

async function placeIn(
  pool: Pool,
  { shard, head, from }: { readonly shard: number; readonly head: number; readonly from: From },
): Promise<number> {
  if (from.kind === 'now') return head;
  if (from.kind === 'position') return from.position - 1;
  const time = new Date(from.time.getTime() - OUT_OF_ORDER_MS);
  let [before, atOrAfter] = [0, head + 1];
  while (atOrAfter - before > 1) {
    const middle = Math.floor((before + atOrAfter) / 2);
    const { rows } = await pool.query<{ later: boolean }>(
      'select recorded_at >= $3 as later from log.event where shard = $1 and position = $2',
      [shard, middle, time],
    );
    if (rows[0]?.later) atOrAfter = middle;
    else before = middle;
  }
  return before;
}
