import type { Pool, PoolClient } from 'pg';
import { tableName, type AnyProjection } from './projection.js';

/** Where a projection stands on a shard; registers it when it is new. */
export async function loadCheckpoint(
  pool: Pool,
  projection: AnyProjection,
  shard: number,
): Promise<number> {
  const { rows } = await pool.query<{ position: string }>(
    `insert into rm.checkpoint as c (projection, shard) values ($1, $2)
     on conflict (projection, shard) do update set position = c.position returning position`,
    [tableName(projection), shard],
  );
  return Number(rows[0]?.position ?? 0);
}

/**
 * Compare-and-swap of all of them in one statement, in the transaction of the effect. False: another projector was here,
 * nothing may be written. `places`: where each stood.
 */
export async function moveCheckpoints(
  tx: PoolClient,
  places: readonly (readonly [projection: AnyProjection, from: number])[],
  { shard, to }: { shard: number; to: number },
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'rm-move-checkpoints',
    text: `update rm.checkpoint c set position = $4
           from unnest($1::text[], $2::bigint[]) as known(projection, position)
           where c.projection = known.projection and c.shard = $3 and c.position = known.position`,
    values: [
      places.map(([projection]) => tableName(projection)),
      places.map(([, from]) => from),
      shard,
      to,
    ],
  });
  return rowCount === places.length;
}
