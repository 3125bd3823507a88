import { reservations, streams } from '@recoup/contracts';
import { shardOf } from '@recoup/kernel';
import type { Pool } from 'pg';
import type { OperationName } from '../amazon/operations.js';
import type { Caller } from '../amazon/rate-limiter.js';
import { safeRate, secondsAtRest, spacedByAnswers, startLimit } from './margins.js';

/**
 * Refills, then takes a token or says how long to wait, and looks whether the sync still holds its reservation: one
 * statement under one row lock. The instant is read once; after a wait for the lock it may lie before `refilled_at`,
 * which the refill takes as no time passed. A bucket that was full, or would be within the time at rest, begins to fill
 * after it, unless an answer comes before.
 */
const TAKE = {
  name: 'ingestion-take-token',
  text: `update ingestion.rate_bucket b set
      granted = a.active and t.now >= b.blocked_until
        and ingestion.tokens_at(b.tokens, b.rate, b.capacity, b.refilled_at, t.now) >= 1,
      tokens = ingestion.tokens_at(b.tokens, b.rate, b.capacity, b.refilled_at, t.now)
        - case when a.active and t.now >= b.blocked_until
            and ingestion.tokens_at(b.tokens, b.rate, b.capacity, b.refilled_at, t.now) >= 1 then 1 else 0 end,
      refilled_at = greatest(b.refilled_at, t.now + make_interval(secs => case
        when ingestion.tokens_at(b.tokens, b.rate, b.capacity, b.refilled_at, t.now) + b.rate * $7 >= b.capacity
        then $7::double precision else 0 end))
    from (select coalesce($6::timestamptz, clock_timestamp()) as now) t,
         (select $4::text is null or exists (select from log.reservation r
            where r.shard = $3 and r.key = $4 and r.stream_id = $5) as active) a
    where b.seller_id = $1 and b.operation = $2
    returning b.granted, a.active,
      1000 * greatest((1 - b.tokens) / b.rate + extract(epoch from b.refilled_at - t.now)::double precision,
        case when b.blocked_until > t.now
          then extract(epoch from b.blocked_until - t.now)::double precision else 0 end) as wait_ms`,
};

/** A full bucket for a seller whose calls of this kind are the first. */
const OPEN = {
  name: 'ingestion-open-bucket',
  text: `insert into ingestion.rate_bucket (seller_id, operation, rate, capacity, tokens, refilled_at)
    values ($1, $2, $3, $4, $4, coalesce($5::timestamptz, clock_timestamp())) on conflict do nothing`,
};

/**
 * Writes only when something differs: most answers repeat the rate that is known. One that comes within the time at rest ends
 * it. The clock is read under the lock: an instant before another's grant would fill that time twice.
 */
const ANSWERED = {
  name: 'ingestion-bucket-answered',
  text: `update ingestion.rate_bucket set rate = coalesce($3, rate), refusals = 0,
      refilled_at = least(refilled_at, coalesce($4::timestamptz, clock_timestamp()))
    where seller_id = $1 and operation = $2
      and (refusals > 0 or abs(rate - coalesce($3, rate)) > rate * 1e-6
        or refilled_at > coalesce($4::timestamptz, clock_timestamp()))`,
};

/** The time until an answer fills no bucket whose calls must arrive apart, however long they are on their way. */
const EMPTIED = {
  name: 'ingestion-bucket-emptied',
  text: `update ingestion.rate_bucket set tokens = least(tokens, 0),
      refilled_at = greatest(refilled_at, coalesce($3::timestamptz, clock_timestamp()))
    where seller_id = $1 and operation = $2`,
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
      refilled_at = greatest(b.refilled_at, t.now),
      blocked_until = greatest(b.blocked_until, t.now + make_interval(secs => (0.5 + random() / 2)
        * least(greatest(300, 1 / b.rate), power(2, least(b.refusals, 10)) / b.rate)))
    from (select coalesce($3::timestamptz, clock_timestamp()) as now) t
    where b.seller_id = $1 and b.operation = $2
    returning b.refusals`,
};

export interface Taken {
  readonly granted: boolean;
  /** Whether the sync may still call at all. */
  readonly active: boolean;
  /** When not granted: milliseconds until a token may be there. */
  readonly waitMs: number;
}

/** A bucket, and the instant to look at it: null asks the database's clock, which all instances share. */
export interface BucketAt {
  readonly sellerId: string;
  readonly operation: OperationName;
  readonly now: Date | null;
}

interface Asking {
  readonly caller: Caller;
  readonly operation: OperationName;
  readonly now: Date | null;
}

/** Tries to take a token once. `scale` is how many times Amazon's published rate applies. */
export async function takeToken(
  pool: Pool,
  scale: number,
  { caller, operation, now }: Asking,
): Promise<Taken> {
  const { sync } = caller;
  const key = sync && reservations.activeSync(sync.tenantId);
  const owner = sync && streams.sync(sync.syncId);
  const shard = sync && shardOf(sync.tenantId);
  const atRest = secondsAtRest(operation, scale);
  const values = [caller.sellerId, operation, shard, key, owner, now, atRest];
  for (;;) {
    const { rows } = await pool.query<{ granted: boolean; active: boolean; wait_ms: number }>({
      ...TAKE,
      values,
    });
    const row = rows[0];
    if (row) return { granted: row.granted, active: row.active, waitMs: Math.max(1, row.wait_ms) };
    const { rate, capacity } = startLimit(operation, scale);
    await pool.query({ ...OPEN, values: [caller.sellerId, operation, rate, capacity, now] });
  }
}

/** Amazon answered something else than 429, perhaps with the rate it grants this seller. */
export async function noteAnswer(
  pool: Pool,
  { sellerId, operation, stated, now }: BucketAt & { readonly stated: number | null },
): Promise<void> {
  const rate = stated === null ? null : safeRate(stated);
  await pool.query({ ...ANSWERED, values: [sellerId, operation, rate, now] });
  if (spacedByAnswers(operation)) {
    await pool.query({ ...EMPTIED, values: [sellerId, operation, now] });
  }
}

/** Amazon answered 429. Answers how many came in a row. */
export async function noteRefusal(
  pool: Pool,
  { sellerId, operation, now }: BucketAt,
): Promise<number> {
  const { rows } = await pool.query<{ refusals: number }>({
    ...REFUSED,
    values: [sellerId, operation, now],
  });
  return rows[0]?.refusals ?? 1;
}
