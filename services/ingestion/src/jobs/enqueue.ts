import type { EventEnvelope } from '@recoup/contracts';
import type { PoolClient } from 'pg';
import { run, statements } from '../tables.js';

/** Makes a sync a job, within the transaction of the consumer. Hearing of it again changes nothing. */
export async function enqueueSync(
  tx: PoolClient,
  event: EventEnvelope<'sync.requested'>,
): Promise<void> {
  const job = {
    sync_id: event.data.syncId,
    tenant_id: event.tenantId,
    position: event.position,
    correlation_id: event.correlationId,
    causation_id: event.id,
    traceparent: event.traceparent,
    requested_at: new Date(event.occurredAt),
  };
  await run(
    tx,
    statements
      .insertInto('ingestion.job')
      .values(job)
      .onConflict((conflict) => conflict.doNothing()),
  );
}
