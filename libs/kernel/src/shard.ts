import { createHash } from 'node:crypto';

/** Number of shards of the log, fixed when the log is created. */
export const SHARD_COUNT = 16;

export const ALL_SHARDS: readonly number[] = Array.from(
  { length: SHARD_COUNT },
  (_, shard) => shard,
);

/**
 * The shard that holds everything of a tenant: first byte of SHA-256(tenant) & 15. This is the one place that computes
 * it; the database stores what it is given and refuses a stream that changes its tenant.
 */
export function shardOf(tenantId: string): number {
  return createHash('sha256').update(tenantId).digest().readUInt8(0) & (SHARD_COUNT - 1);
}
