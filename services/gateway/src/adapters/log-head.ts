import type { Pool } from 'pg';

/** Where a shard of the log stands now. */
export function logHead(pool: Pool): (shard: number) => Promise<number> {
  return async (shard) => {
    const { rows } = await pool.query<{ head: string }>(
      'select head from log.shard where shard = $1',
      [shard],
    );
    return Number(rows[0]?.head ?? 0);
  };
}
