import { sleep } from '@recoup/kernel';
import type { Pool } from 'pg';
import { tableName, type AnyProjection } from './projection.js';

/**
 * Pauses between looks at the checkpoint, in milliseconds. Mostly a projector is a few milliseconds behind: pauses that
 * double had half of all clients told by half as late again (`append-to-byte` of infra/bench).
 */
const LOOK_MS = { first: 1, longest: 10, growth: 1.25 } as const;

export interface WaitForProjections {
  readonly projections: readonly AnyProjection[];
  readonly shard: number;
  /** What the caller's own append returned. */
  readonly position: number;
  readonly timeoutMs: number;
}

/** Waits until all projections show a position: a client then reads what it has written. False when it took too long. */
export async function waitForProjections(
  pool: Pool,
  { projections, shard, position, timeoutMs }: WaitForProjections,
): Promise<boolean> {
  const names = projections.map(tableName);
  const end = Date.now() + timeoutMs;
  for (
    let pause: number = LOOK_MS.first;
    ;
    pause = Math.min(LOOK_MS.growth * pause, LOOK_MS.longest)
  ) {
    const { rows } = await pool.query<{ behind: boolean }>({
      name: 'rm-behind',
      text: `select count(*) filter (where c.position >= $3) < $4 as behind
             from rm.checkpoint c where c.projection = any ($1) and c.shard = $2`,
      values: [names, shard, position, names.length],
    });
    if (rows[0]?.behind === false) return true;
    if (Date.now() >= end) return false;
    await sleep(pause);
  }
}
