import type { EventEnvelope } from '@recoup/contracts';
import type { PoolClient } from 'pg';
import { forgetAccount } from '../connect/seller-account.js';

const END_JOBS = `update ingestion.job set state = 'ended', ended_at = now(), owner = null, leased_until = '-infinity',
    fence = fence + 1
  where tenant_id = $1 and position < $2 and state = 'open'`;

const NOTE = `insert into ingestion.disconnection
    (tenant_id, position, purge, event_id, correlation_id, traceparent)
  values ($1, $2, $3, $4, $5, $6) on conflict do nothing`;

/**
 * Forgets the consent of a seller that was disconnected and takes its jobs from their workers, within the transaction of
 * the consumer; the rest is left to a worker. A consent that was given since stays, and syncs asked for since go on.
 */
export async function hearDisconnection(
  tx: PoolClient,
  event: EventEnvelope<'sync.amazon_disconnected'>,
): Promise<void> {
  const { tenantId, position, streamVersion, correlationId, traceparent } = event;
  await forgetAccount(tx, { tenantId, version: streamVersion });
  await tx.query(END_JOBS, [tenantId, position]);
  const { purge } = event.data;
  await tx.query(NOTE, [tenantId, position, purge, event.id, correlationId, traceparent]);
}
