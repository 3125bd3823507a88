import { isDeepStrictEqual } from 'node:util';
import { shardToken, subjectsOfShard } from '@recoup/contracts';
import { ALL_SHARDS } from '@recoup/kernel';
import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos, PermissionViolationError } from '@nats-io/nats-core';
import type { Connection } from './connection.js';

export const STREAM = 'EVENTS';

/** How long the wire keeps an event. It can be refilled from the log, so this bounds disk, not history. */
export const MAX_AGE_MS = 14 * 86_400_000;

/** One minute: ten cost 600 MB of server memory at two million messages, and consumers drop repeats anyway. */
const DUPLICATE_WINDOW_MS = 60_000;

export interface TopologyOptions {
  /** Copies of the stream: 1 on a single server, 3 on a cluster. */
  readonly replicas: number;
  /** Most bytes the stream may hold; the oldest go first. */
  readonly maxBytes: number;
}

/**
 * Makes the stream, or brings it to this shape; harmless to repeat and to run from many processes at once. It lists its
 * subjects per shard, because nats-server 2.9 refuses the consumer filter `*.07.*` on a stream of `sync.*.*`.
 */
export async function ensureStream(
  connection: Connection,
  { replicas, maxBytes }: TopologyOptions,
): Promise<void> {
  const config = {
    name: STREAM,
    subjects: ALL_SHARDS.flatMap((shard) => [...subjectsOfShard(shard)]),
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    num_replicas: replicas,
    max_age: nanos(MAX_AGE_MS),
    max_bytes: maxBytes,
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
    deny_delete: true,
    allow_direct: true,
  };
  const { streams } = await connection.manager();
  // Asked first: a server whose disk is short refuses to make a stream even where it has it, and a cluster without a leader
  // answers nothing. Neither is a reason to change the stream.
  const there = await streams.info(STREAM).catch(nullIfNone);
  if (!there) await streams.add(config);
  else if (!hasShape(there.config, config)) {
    await streams.update(STREAM, config).catch(unlessRefused);
  }
}

function nullIfNone(error: unknown): null {
  const code = error instanceof JetStreamApiError ? error.code : null;
  if (code === JetStreamApiCodes.StreamNotFound) return null;
  throw error;
}

function hasShape(is: StreamConfig, shape: Partial<StreamConfig>): boolean {
  const keys = Object.keys(shape) as (keyof StreamConfig)[];
  return keys.every((key) => isDeepStrictEqual(is[key], shape[key]));
}

/** Where users have permissions, only the migration may change a stream that is there: until it has, the old shape serves. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof PermissionViolationError)) throw error;
}

/** The durable name of a consumer on a shard. */
export function durableName(consumer: string, shard: number): string {
  return `${consumer}-${shardToken(shard)}`;
}

/**
 * Makes the durable consumer of a shard. It starts at new messages: what came before is read from the log, which every
 * consumer does on start anyway.
 */
export async function ensureConsumer(
  connection: Connection,
  consumer: string,
  shard: number,
): Promise<void> {
  const manager = await connection.manager();
  await manager.consumers.add(STREAM, {
    durable_name: durableName(consumer, shard),
    filter_subject: `*.${shardToken(shard)}.*`,
    ack_policy: AckPolicy.All,
    deliver_policy: DeliverPolicy.New,
    ack_wait: nanos(30_000),
    // Also the backpressure: no more than this is ever waiting in a process.
    max_ack_pending: 2000,
  });
}
