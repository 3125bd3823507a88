import { reservations, streams } from '@recoup/contracts';
import { shardOf } from '@recoup/kernel';
import type { Pool } from 'pg';
import type { OperationName } from '../amazon/operations.js';
import type { Caller } from '../amazon/rate-limiter.js';
import { longestWaySeconds, safeRate, startLimit } from './margins.js';

/**
 * The tokens of a bucket `b` at `t.now`, for which never a call is refused, however long calls are on their way.
 *
 * Let M be what Amazon's bucket holds, and U the calls that were let go and have not arrived. A call may go when M - U is
 * at least 1: those under way before it leave 1 for it, whatever the order in which all of them arrive. So T, our tokens,
 * must never be more than M - U. Letting a call go takes 1 of T and adds 1 to U; its arrival takes 1 of M and of U; while
 * M refills, T refills no faster. Only when Amazon's bucket is full does M stay and must T stay too: at capacity - U. When
 * a call arrives nobody tells us, but it has by the time of its answer; so for U stands what has not been answered.
 */
const TOKENS =
  'ingestion.tokens_at(b.tokens, b.rate, b.capacity - cardinality(b.under_way), b.refilled_at, t.now)';
const GOES = `a.active and t.now >= b.blocked_until and ${TOKENS} >= 1`;

const MICROS = '(extract(epoch from t.now) * 1000000)::bigint';
/**
 * In milliseconds, where calls under way leave no room for another: one of them is waited for, nobody knows how long; so
 * for a quarter of the time that the first has been under way.
 */
const LOOK_AGAIN = `case when b.capacity - cardinality(b.under_way) < 1
  then greatest(25, (${MICROS} - b.under_way[1]) / 4000.0) else 0 end`;

/**
 * Refills, then takes a token or says how long to wait, and looks whether the sync still holds its reservation: one
 * statement under one row lock. The instant is read once; after a wait for the lock it may lie before `refilled_at`,
 * which the refill takes as no time passed. A call of which nobody hears any more, for its worker died, is under way
 * until it cannot arrive any more; what it held back is refilled from then on.
 */
const TAKE = {
  name: 'ingestion-take-token',
  text: `update ingestion.rate_bucket b set
      granted = ${GOES},
      tokens = ${TOKENS} - case when ${GOES} then 1 else 0 end,
      refilled_at = greatest(b.refilled_at, t.now),
      under_way = array(select call from unnest(b.under_way) call
          where call > ${MICROS} - 1000000 * $7::double precision order by call)
        || case when ${GOES}
          then array[greatest(${MICROS}, 1 + coalesce(b.under_way[cardinality(b.under_way)], 0))] else '{}' end
    from (select coalesce($6::timestamptz, clock_timestamp()) as now) t,
         (select $4::text is null or exists (select from log.reservation r
            where r.shard = $3 and r.key = $4 and r.stream_id = $5) as active) a
    where b.seller_id = $1 and b.operation = $2
    returning b.granted, a.active, b.under_way[cardinality(b.under_way)] as call,
      greatest(1000 * (1 - b.tokens) / b.rate, ${LOOK_AGAIN}, case when b.blocked_until > t.now
        then 1000 * extract(epoch from b.blocked_until - t.now)::double precision else 0 end) as wait_ms`,
};

/** A full bucket for a seller whose calls of this kind are the first. */
const OPEN = {
  name: 'ingestion-open-bucket',
  text: `insert into ingestion.rate_bucket (seller_id, operation, rate, capacity, tokens, refilled_at)
    values ($1, $2, $3, $4, $4, coalesce($5::timestamptz, clock_timestamp())) on conflict do nothing`,
};

/** A call is not under way any more. What was refilled until now was refilled beside it, at the rate known until now. */
const LANDED = {
  name: 'ingestion-call-landed',
  text: `update ingestion.rate_bucket b set
      tokens = ${TOKENS},
      refilled_at = greatest(b.refilled_at, t.now),
      under_way = array_remove(b.under_way, $4::bigint),
      rate = coalesce($5, b.rate),
      refusals = case when $6 then 0 else b.refusals end
    from (select coalesce($3::timestamptz, clock_timestamp()) as now) t
    where b.seller_id = $1 and b.operation = $2`,
};

/**
 * After a 429 the bucket is empty and nobody calls until the next token is due, with jitter. Each further one in a row
 * doubles the wait (an open circuit), and every third halves the rate, until an answer states the true one. Refusals of
 * calls that were in flight together count once.
 */
const REFUSED = {
  name: 'ingestion-bucket-refused',
  text: `update ingestion.rate_bucket b set
      refusals = b.refusals + case when t.now >= b.blocked_until then 1 else 0 end,
      rate = case when t.now >= b.blocked_until and (b.refusals + 1) % 3 = 0 then b.rate / 2 else b.rate end,
      tokens = 0,
      under_way = array_remove(b.under_way, $4::bigint),
      refilled_at = greatest(b.refilled_at, t.now),
      blocked_until = greatest(b.blocked_until, t.now + make_interval(secs => (0.5 + random() / 2)
        * least(greatest(300, 1 / b.rate), power(2, least(b.refusals, 10)) / b.rate)))
    from (select coalesce($3::timestamptz, clock_timestamp()) as now) t
    where b.seller_id = $1 and b.operation = $2
    returning b.refusals`,
};

export interface Taken {
  /** The call that may go, or null. */
  readonly call: CallUnderWay | null;
  /** Whether the sync may still call at all. */
  readonly active: boolean;
  /** When none may go: milliseconds until a token may be there. */
  readonly waitMs: number;
}

/** A call that was let go. */
export interface CallUnderWay {
  readonly sellerId: string;
  readonly operation: OperationName;
  /** Its instant, which tells it from others of the same bucket. */
  readonly instant: string;
}

interface Asking {
  readonly caller: Caller;
  readonly operation: OperationName;
  /** The instant to look at the bucket: null asks the database's clock, which all instances share. */
  readonly now: Date | null;
}

interface TakenRow {
  readonly granted: boolean;
  readonly active: boolean;
  readonly call: string;
  readonly wait_ms: number;
}

/** Tries to take a token once. `scale` is how many times Amazon's published rate applies. */
export async function takeToken(
  pool: Pool,
  scale: number,
  { caller, operation, now }: Asking,
): Promise<Taken> {
  const { sellerId, sync } = caller;
  const key = sync && reservations.activeSync(sync.tenantId);
  const owner = sync && streams.sync(sync.syncId);
  const shard = sync && shardOf(sync.tenantId);
  const values = [sellerId, operation, shard, key, owner, now, longestWaySeconds(scale)];
  for (;;) {
    const { rows } = await pool.query<TakenRow>({ ...TAKE, values });
    const row = rows[0];
    if (row) {
      const call = row.granted ? { sellerId, operation, instant: row.call } : null;
      return { call, active: row.active, waitMs: Math.max(1, row.wait_ms) };
    }
    const { rate, capacity } = startLimit(operation, scale);
    await pool.query({ ...OPEN, values: [sellerId, operation, rate, capacity, now] });
  }
}

export interface Landing {
  /** Whether Amazon answered. A call that came to nothing is not on its way any more either. */
  readonly answered: boolean;
  /** The rate that Amazon grants this seller, where it stated one. */
  readonly stated: number | null;
  readonly now: Date | null;
}

/** A call was answered with something else than 429, or came to nothing. */
export async function noteLanding(
  pool: Pool,
  { sellerId, operation, instant }: CallUnderWay,
  { answered, stated, now }: Landing,
): Promise<void> {
  const rate = stated === null ? null : safeRate(stated);
  await pool.query({ ...LANDED, values: [sellerId, operation, now, instant, rate, answered] });
}

/** Amazon answered 429. Answers how many came in a row. */
export async function noteRefusal(
  pool: Pool,
  { sellerId, operation, instant }: CallUnderWay,
  now: Date | null,
): Promise<number> {
  const { rows } = await pool.query<{ refusals: number }>({
    ...REFUSED,
    values: [sellerId, operation, now, instant],
  });
  return rows[0]?.refusals ?? 1;
}
