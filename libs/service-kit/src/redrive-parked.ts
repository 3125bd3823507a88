import { sleep } from '@recoup/kernel';
import type { Pool } from 'pg';
import { parkedStreamsOf, type ParkedChoice, type ParkedStream } from './parked-streams.js';

/** Pause between looks at what became of a re-drive, in milliseconds. */
const LOOK_MS = 200;

/**
 * What became of a stream that was re-driven: nothing of it is parked any more, an event of it failed (again), or nobody
 * has come to it yet.
 */
export type Redriven =
  | { readonly outcome: 'flows' }
  | { readonly outcome: 'failed' | 'untried'; readonly now: ParkedStream };

/**
 * Makes the first parked event of each chosen stream due at once, also one that is tried no more by itself; the running
 * service tries it, in the order of its stream and in the transaction of its effect, as it would have. What it is trying
 * at this moment is left alone. Answers the chosen streams as they stood before.
 */
export async function redriveParked(
  pool: Pool,
  choice: ParkedChoice,
): Promise<readonly ParkedStream[]> {
  const streams = await parkedStreamsOf(pool, choice);
  await pool.query(
    `update consumer.parked p set next_try = now()
     from (select d.consumer, d.shard, d.position from consumer.parked d
           join unnest($1::text[], $2::smallint[], $3::bigint[]) as head(consumer, shard, position)
             on head.consumer = d.consumer and head.shard = d.shard and head.position = d.position
           for update of d skip locked) due
     where p.consumer = due.consumer and p.shard = due.shard and p.position = due.position`,
    [
      streams.map(({ consumer }) => consumer),
      streams.map(({ shard }) => shard),
      streams.map(({ position }) => position),
    ],
  );
  return streams;
}

/** What has become of a stream since it was re-driven. */
export async function redriven(pool: Pool, before: ParkedStream): Promise<Redriven> {
  const [now] = await parkedStreamsOf(pool, before);
  if (!now) return { outcome: 'flows' };
  const tried = now.position === before.position ? before.attempts : 0;
  return { outcome: now.attempts > tried ? 'failed' : 'untried', now };
}

/** Waits until a re-driven stream flows or has failed; still `untried` when the signal aborts first. */
export async function waitForRedriven(
  pool: Pool,
  before: ParkedStream,
  signal: AbortSignal,
): Promise<Redriven> {
  for (;;) {
    const became = await redriven(pool, before);
    if (became.outcome !== 'untried' || signal.aborted) return became;
    await sleep(LOOK_MS, signal);
  }
}
