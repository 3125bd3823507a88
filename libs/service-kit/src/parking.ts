import type { RecordedEvent } from '@recoup/contracts';
import { messageOf } from '@recoup/kernel';
import type { Pool, PoolClient } from 'pg';

/** Tries after which only an operator re-drives a parked event. */
const MAX_ATTEMPTS = 8;

export interface ParkedEvent {
  readonly position: number;
  readonly streamId: string;
}

export interface ConsumerShard {
  readonly consumer: string;
  readonly shard: number;
}

/** Parks an event: `error` is null for one that only waits behind an earlier one of its stream. */
export async function park(
  tx: PoolClient,
  { consumer, shard }: ConsumerShard,
  { event, error }: { event: RecordedEvent; error: unknown },
): Promise<void> {
  const failed = error !== null;
  await tx.query(
    `insert into consumer.parked (consumer, shard, position, stream_id, attempts, error, next_try)
     values ($1, $2, $3, $4, $5, $6, case when $5 > 0 then now() + interval '2 seconds' end)
     on conflict do nothing`,
    [
      consumer,
      shard,
      event.position,
      event.streamId,
      failed ? 1 : 0,
      failed ? messageOf(error) : null,
    ],
  );
}

/** The streams of a shard that have parked events. */
export async function parkedStreams(
  db: Pool | PoolClient,
  { consumer, shard }: ConsumerShard,
): Promise<Set<string>> {
  const { rows } = await db.query<{ stream_id: string }>(
    'select distinct stream_id from consumer.parked where consumer = $1 and shard = $2',
    [consumer, shard],
  );
  return new Set(rows.map((row) => row.stream_id));
}

/** The first parked event of a stream whose turn to be tried again has come; null when there is none. */
export async function nextDue(
  pool: Pool,
  { consumer, shard }: ConsumerShard,
): Promise<ParkedEvent | null> {
  const { rows } = await pool.query<{ position: string; stream_id: string }>(
    `select position, stream_id from (
       select distinct on (stream_id) stream_id, position, attempts, next_try from consumer.parked
       where consumer = $1 and shard = $2 order by stream_id, position) first
     where (attempts > 0 and next_try <= now()) or attempts = 0
     order by position limit 1`,
    [consumer, shard],
  );
  return rows[0] ? { position: Number(rows[0].position), streamId: rows[0].stream_id } : null;
}

export async function unpark(
  tx: PoolClient,
  { consumer, shard }: ConsumerShard,
  position: number,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'delete from consumer.parked where consumer = $1 and shard = $2 and position = $3',
    [consumer, shard, position],
  );
  return rowCount === 1;
}

/** Notes another failure: tried again ever later, and in the end only by an operator. */
export async function postpone(
  pool: Pool,
  { consumer, shard }: ConsumerShard,
  { position, error }: { position: number; error: unknown },
): Promise<void> {
  await pool.query(
    `update consumer.parked set attempts = attempts + 1, error = $4,
       next_try = case when attempts + 1 < $5 then now() + interval '2 seconds' * 2 ^ attempts end
     where consumer = $1 and shard = $2 and position = $3`,
    [consumer, shard, position, messageOf(error), MAX_ATTEMPTS],
  );
}
