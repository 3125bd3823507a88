import type { RecordedEvent } from '@recoup/contracts';
import { sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { run, statements } from './tables.js';

/** A file that is to be looked into, and the event that gave it. */
export interface DueReading {
  readonly fileId: string;
  readonly documentId: string;
  readonly tenantId: string;
  readonly eventId: string;
  readonly correlationId: string;
  readonly traceparent: string | null;
  /** Tries so far, this one counted. */
  readonly attempts: number;
}

/** Asks for a file to be looked into. The same file again is asked for once. */
export async function askReading(
  tx: PoolClient,
  event: RecordedEvent & { type: 'claim.document_uploaded' },
): Promise<void> {
  const { id, tenantId, correlationId, traceparent, data } = event;
  await run(
    tx,
    statements
      .insertInto('evidence.due_reading')
      .values({
        file_id: data.fileId,
        document_id: data.documentId,
        tenant_id: tenantId,
        event_id: id,
        correlation_id: correlationId,
        traceparent,
      })
      .onConflict((conflict) => conflict.doNothing()),
  );
}

/** Takes the file that has waited longest, for so many seconds; a worker that dies gives it back by time. */
export async function leaseReading(pool: Pool, seconds: number): Promise<DueReading | null> {
  const [row] = await run(
    pool,
    statements
      .with('next', (db) =>
        db
          .selectFrom('evidence.due_reading')
          .select('file_id')
          .where('next_try', '<=', sql<Date>`now()`)
          .where('leased_until', '<=', sql<Date>`now()`)
          .orderBy('next_try')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .updateTable('evidence.due_reading as d')
      .from('next')
      .whereRef('d.file_id', '=', 'next.file_id')
      .set({
        leased_until: sql`now() + make_interval(secs => ${seconds})`,
        attempts: sql`d.attempts + 1`,
      })
      .returning([
        'd.file_id as fileId',
        'd.document_id as documentId',
        'd.tenant_id as tenantId',
        'd.event_id as eventId',
        'd.correlation_id as correlationId',
        'd.traceparent',
        'd.attempts',
      ]),
  );
  return row ?? null;
}

/** The result is in the log, or there is none to be had. */
export async function settleReading(db: Pool | PoolClient, fileId: string): Promise<void> {
  await run(db, statements.deleteFrom('evidence.due_reading').where('file_id', '=', fileId));
}

/** Not now: tried again after a while, for as long as it takes. */
export async function postponeReading(
  pool: Pool,
  { fileId }: Pick<DueReading, 'fileId'>,
  { delayMs, error }: { readonly delayMs: number; readonly error: string },
): Promise<void> {
  await run(
    pool,
    statements
      .updateTable('evidence.due_reading')
      .set({
        next_try: sql`now() + make_interval(secs => ${delayMs / 1000})`,
        leased_until: sql`'-infinity'`,
        last_error: error,
      })
      .where('file_id', '=', fileId),
  );
}
