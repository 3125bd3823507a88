import type { RecordedEvent } from '@recoup/contracts';
import { AppError, codeOf, Coalescer } from '@recoup/kernel';
import type { Pool } from 'pg';
import { decodeAnswer, type CallAnswer } from './append-answer.js';
import { APPEND, callValues } from './append-call.js';
import type { AppendOutcome, AppendRequest } from './append-request.js';
import { encode, US, type EncodedRequest } from './encode.js';
import { EventIdTaken } from './errors.js';
import {
  readShard,
  readStream,
  readStreams,
  readTenant,
  reservationOwner,
  type Stretch,
} from './read.js';

/**
 * A call's size: past these a call only grows latency, no longer throughput. A second call goes out beside the first
 * when it would carry 64 events or more: the database parses it while the first commits (100-event appends: 94,000 a
 * second instead of 64,000). Below that the fixed cost of a call eats the gain, and a third lane gains nothing.
 */
const CALL_LIMITS = { maxItems: 500, maxWeight: 2000, lanes: 2, laneWeight: 64 } as const;

/** The log, as one process uses it. */
export interface EventStore {
  /**
   * Appends all events of a request, or none. Concurrent appends leave in one call, whatever their shards; each keeps its own
   * outcome. Safe to repeat with the same event ids.
   * Throws InvalidEvent, BadRequest, ForeignStream, EventIdTaken, and what the database throws.
   */
  append(request: AppendRequest): Promise<AppendOutcome>;
  /** The events of a stream from version `after` + 1 on; empty for an unknown one and for another tenant's. */
  readStream(tenantId: string, streamId: string, after?: number): Promise<readonly RecordedEvent[]>;
  /** Many streams of one tenant in one query; unknown ones are left out. */
  readStreams(
    tenantId: string,
    streamIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly RecordedEvent[]>>;
  /**
   * A tenant's events within a stretch of its shard, in order. It costs as much as the stretch is long, whosever events lie
   * in it: the caller bounds it.
   */
  readTenant(tenantId: string, stretch: Stretch): Promise<readonly RecordedEvent[]>;
  /** At most `limit` events of a shard after a position, in order and without a hole. */
  readShard(shard: number, after: number, limit: number): Promise<readonly RecordedEvent[]>;
  /** The stream that holds a reservation of this tenant now. */
  reservationOwner(tenantId: string, key: string): Promise<string | null>;
}

/** Opens the log over a pool. The pool's role decides what may be done: `_follow` all of this, `_tenant` no appends. */
export function openEventStore(pool: Pool): EventStore {
  const writer = new Coalescer<EncodedRequest, AppendOutcome | AppError>(
    (batch) => send(pool, batch),
    { ...CALL_LIMITS, keysOf: orderKeys },
  );

  return {
    async append(request) {
      const encoded = encode(request);
      const outcome = await writer.submit(encoded, encoded.events.length);
      if (outcome instanceof AppError) throw outcome;
      return outcome;
    },
    readStream: (tenantId, streamId, after = 0) => readStream(pool, { tenantId, streamId, after }),
    readStreams: (tenantId, streamIds) => readStreams(pool, tenantId, streamIds),
    readTenant: (tenantId, stretch) => readTenant(pool, tenantId, stretch),
    readShard: (shard, after, limit) => readShard(pool, { shard, after, limit }),
    reservationOwner: (tenantId, key) => reservationOwner(pool, tenantId, key),
  };
}

/** Requests on one stream, or about one reservation, take effect in the order in which they were made. */
function orderKeys({ streamId, take, release }: EncodedRequest): readonly string[] {
  if (take === '' && release === '') return [streamId];
  return [streamId, ...take.split(US), ...release.split(US)];
}

const UNIQUE_VIOLATION = '23505';

/**
 * Sends a call. It meets a unique index when a repeat did not show as a wrong version: then once more, with each request
 * looked at on its own.
 */
async function send(
  pool: Pool,
  batch: readonly EncodedRequest[],
): Promise<(AppendOutcome | AppError)[]> {
  try {
    return await call(pool, batch, false);
  } catch (error) {
    if (codeOf(error) !== UNIQUE_VIOLATION) throw error;
    return sendCarefully(pool, batch);
  }
}

async function sendCarefully(
  pool: Pool,
  batch: readonly EncodedRequest[],
): Promise<(AppendOutcome | AppError)[]> {
  try {
    return await call(pool, batch, true);
  } catch (cause) {
    const [only] = batch;
    if (codeOf(cause) !== UNIQUE_VIOLATION || batch.length > 1 || !only) throw cause;
    // Its first event is new, a later one is not: no repeat, and nothing that a repetition would mend.
    return [new EventIdTaken(`an event id for ${only.streamId} is in the log already`, { cause })];
  }
}

async function call(
  pool: Pool,
  batch: readonly EncodedRequest[],
  careful: boolean,
): Promise<(AppendOutcome | AppError)[]> {
  const { rows } = await pool.query<CallAnswer>({ ...APPEND, values: callValues(batch, careful) });
  const answer = rows[0];
  if (!answer) throw new Error('log.append answered no row');
  return decodeAnswer(answer, batch);
}
