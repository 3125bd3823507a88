import type { Pool } from 'pg';
import { operations, type OperationName } from '../amazon/operations.js';
import { startLimit } from './margins.js';

export interface BucketLevel {
  /** Calls that could go at once. */
  readonly tokens: number;
  /** Calls a second after that. */
  readonly rate: number;
}

export type BucketLevels = Readonly<Record<OperationName, BucketLevel>>;

export interface LevelsOf {
  readonly scale: number;
  readonly sellerId: string;
  /** Null asks the database's clock. */
  readonly now?: Date | null;
}

/** How full a seller's buckets are now; one that was never used is full. What the forecast of a sync stands on. */
export async function bucketLevels(
  pool: Pool,
  { scale, sellerId, now = null }: LevelsOf,
): Promise<BucketLevels> {
  const { rows } = await pool.query<BucketLevel & { operation: string }>({
    name: 'ingestion-bucket-levels',
    text: `select operation, rate,
        ingestion.tokens_at(tokens, rate, capacity - cardinality(under_way), refilled_at,
          coalesce($2::timestamptz, clock_timestamp())) as tokens
      from ingestion.rate_bucket where seller_id = $1`,
    values: [sellerId, now],
  });
  const used = new Map(rows.map((row) => [row.operation, row]));
  const names = Object.keys(operations) as OperationName[];
  const levels = names.map((name): [OperationName, BucketLevel] => {
    const row = used.get(name);
    if (row) return [name, { tokens: row.tokens, rate: row.rate }];
    const { rate, capacity } = startLimit(name, scale);
    return [name, { tokens: capacity, rate }];
  });
  return Object.fromEntries(levels) as BucketLevels;
}
