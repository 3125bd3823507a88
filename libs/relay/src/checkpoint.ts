import type { Pool } from 'pg';

export interface RelayCheckpoint {
  readonly position: number;
  /** How long ago it moved, in milliseconds. */
  readonly ageMs: number;
}

export async function loadCheckpoint(pool: Pool, shard: number): Promise<RelayCheckpoint> {
  const { rows } = await pool.query<{ position: string; age_ms: string }>(
    `select position, extract(epoch from now() - moved_at) * 1000 as age_ms
     from relay.checkpoint where shard = $1`,
    [shard],
  );
  return { position: Number(rows[0]?.position ?? 0), ageMs: Number(rows[0]?.age_ms ?? 0) };
}

/** Compare-and-swap: false when another relay has moved it, which is what makes two relays harmless. */
export async function moveCheckpoint(
  pool: Pool,
  shard: number,
  { from, to }: { from: number; to: number },
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'relay-move-checkpoint',
    text: `update relay.checkpoint set position = $3, moved_at = now()
           where shard = $1 and position = $2`,
    values: [shard, from, to],
  });
  return rowCount === 1;
}

/** The lowest position that any consumer of the shard still needs; null when there is no consumer yet. */
export async function lowestConsumer(pool: Pool, shard: number): Promise<number | null> {
  const { rows } = await pool.query<{ position: string | null }>(
    'select min(position) as position from consumer.checkpoint where shard = $1',
    [shard],
  );
  return rows[0]?.position == null ? null : Number(rows[0].position);
}
