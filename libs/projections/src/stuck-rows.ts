import type { RecordedEvent } from '@recoup/contracts';
import { AppError, messageOf } from '@recoup/kernel';
import type { PoolClient } from 'pg';
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
