import type { Pool } from 'pg';

/** Which parked streams are meant: of all consumers and all streams where nothing is named. */
export interface ParkedChoice {
  readonly consumer?: string | undefined;
  readonly streamId?: string | undefined;
}

/** A stream that a consumer has parked: its first event, which failed, and how many wait behind that one. */
export interface ParkedStream {
  readonly consumer: string;
  readonly shard: number;
  readonly streamId: string;
  readonly tenantId: string;
  readonly position: number;
  readonly type: string;
  /** Tries so far; 0 for a moment between the event before it and its own first try. */
  readonly attempts: number;
  readonly error: string | null;
  readonly parkedAt: string;
  /** Null: it is tried no more by itself, an operator re-drives it. */
  readonly nextTry: string | null;
  readonly waiting: number;
}

interface StreamRow {
  readonly consumer: string;
  readonly shard: number;
  readonly stream_id: string;
  readonly tenant_id: string;
  readonly position: string;
  readonly type: string;
  readonly attempts: number;
  readonly error: string | null;
  readonly parked_at: Date;
  readonly next_try: Date | null;
  readonly waiting: number;
}

/** The parked streams, those that have waited longest first. */
export async function parkedStreamsOf(
  pool: Pool,
  { consumer, streamId }: ParkedChoice = {},
): Promise<readonly ParkedStream[]> {
  const { rows } = await pool.query<StreamRow>(
    `select p.*, e.tenant_id, e.type from (
       select distinct on (consumer, stream_id) *,
         (count(*) over (partition by consumer, stream_id) - 1)::int as waiting,
         min(parked_at) over (partition by consumer, stream_id) as since
       from consumer.parked
       where ($1::text is null or consumer = $1) and ($2::text is null or stream_id = $2)
       order by consumer, stream_id, position) p
     join log.event e on e.shard = p.shard and e.position = p.position
     order by p.since, p.consumer, p.stream_id`,
    [consumer ?? null, streamId ?? null],
  );
  return rows.map((row) => ({
    consumer: row.consumer,
    shard: row.shard,
    streamId: row.stream_id,
    tenantId: row.tenant_id,
    position: Number(row.position),
    type: row.type,
    attempts: row.attempts,
    error: row.error,
    parkedAt: row.parked_at.toISOString(),
    nextTry: row.next_try?.toISOString() ?? null,
    waiting: row.waiting,
  }));
}

/** An event of a parked stream: the one that failed, or one that waits behind it (`attempts` is 0). */
export interface ParkedEventOf {
  readonly position: number;
  readonly type: string;
  readonly attempts: number;
  readonly error: string | null;
}

/** All that a consumer has parked of a stream, in order. */
export async function parkedEventsOf(
  pool: Pool,
  { consumer, shard, streamId }: Pick<ParkedStream, 'consumer' | 'shard' | 'streamId'>,
): Promise<readonly ParkedEventOf[]> {
  const { rows } = await pool.query<ParkedEventOf>(
    `select p.position::float8 as position, e.type, p.attempts, p.error from consumer.parked p
     join log.event e on e.shard = p.shard and e.position = p.position
     where p.consumer = $1 and p.shard = $2 and p.stream_id = $3 order by p.position`,
    [consumer, shard, streamId],
  );
  return rows;
}

/** How much a consumer has parked. */
export interface ParkedCount {
  readonly consumer: string;
  readonly streams: number;
  readonly events: number;
  /** Streams that nobody tries again but an operator. */
  readonly givenUp: number;
}

/** What every consumer has parked, for figures: one look at a table that is empty as a rule. */
export async function parkedCounts(pool: Pool): Promise<readonly ParkedCount[]> {
  const { rows } = await pool.query<ParkedCount>(
    `select consumer, count(distinct stream_id)::int as streams, count(*)::int as events,
       (count(*) filter (where attempts > 0 and next_try is null))::int as "givenUp"
     from consumer.parked group by consumer order by consumer`,
  );
  return rows;
}
