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

/** Compare-and-swap, in the transaction of the effect. False: another projector was here, nothing may be written. */
export async function moveCheckpoint(
  tx: PoolClient,
  projection: AnyProjection,
  { shard, from, to }: { shard: number; from: number; to: number },
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'rm-move-checkpoint',
    text: 'update rm.checkpoint set position = $4 where projection = $1 and shard = $2 and position = $3',
    values: [tableName(projection), shard, from, to],
  });
  return rowCount === 1;
}
