import type { RecordedEvent } from '@recoup/contracts';
import { AppError, messageOf } from '@recoup/kernel';
import type { Pool, PoolClient } from 'pg';
import { tableName, type AnyProjection } from './projection.js';

interface Failure {
  readonly event: RecordedEvent;
  readonly key: string;
  readonly error: unknown;
}

/** A fold threw: a bug in it, or an event that should not exist. The row stays as it was before. */
export class FoldFailed extends AppError {
  readonly code = 'FOLD_FAILED';
  readonly failure: Failure;

  constructor(projection: AnyProjection, failure: Failure) {
    const { event, key, error } = failure;
    const place = `${event.type} at ${event.shard}-${event.position}`;
    super(`${tableName(projection)} ${key} is stuck before ${place}: ${messageOf(error)}`, {
      cause: error,
    });
    this.failure = failure;
  }
}

/** Notes rows that later events may not be folded into: without the one that failed they would say what never was. */
export async function noteStuck(
  tx: PoolClient,
  projection: AnyProjection,
  failures: readonly FoldFailed[],
): Promise<void> {
  for (const { failure, message } of failures) {
    const { event, key } = failure;
    await tx.query(
      `insert into rm.stuck (projection, tenant_id, key, position, error) values ($1, $2, $3, $4, $5)`,
      [tableName(projection), event.tenantId, key, event.position, message],
    );
  }
}

/** The rows of a tenant are removed: what comes begins anew. */
export async function forgetStuck(
  tx: PoolClient,
  projection: AnyProjection,
  tenantId: string,
): Promise<void> {
  await tx.query('delete from rm.stuck where projection = $1 and tenant_id = $2', [
    tableName(projection),
    tenantId,
  ]);
}

/** A row into which nothing is folded any more, and the event that it stopped before. */
export interface StuckRow {
  /** With its version, such as `claim_v1`. */
  readonly projection: string;
  readonly tenantId: string;
  readonly key: string;
  readonly position: number;
  readonly error: string;
  readonly since: string;
}

/** All stuck rows, the oldest first. A rebuild of their projection folds them anew, once its fold is mended. */
export async function stuckRows(pool: Pool): Promise<readonly StuckRow[]> {
  const { rows } = await pool.query<Omit<StuckRow, 'since'> & { readonly since: Date }>(
    `select projection, tenant_id as "tenantId", key, position::float8 as position, error, since
     from rm.stuck order by since, projection, tenant_id, key`,
  );
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}
