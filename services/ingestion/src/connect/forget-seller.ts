import type { EventEnvelope } from '@recoup/contracts';
import type { PoolClient } from 'pg';
import { run, statements } from '../tables.js';

/**
 * Forgets the consent of a seller that was disconnected, within the transaction of the consumer. One that was given
 * anew after the disconnection stays.
 */
export async function forgetSeller(
  tx: PoolClient,
  event: EventEnvelope<'sync.amazon_disconnected'>,
): Promise<void> {
  await run(
    tx,
    statements
      .deleteFrom('ingestion.seller_account')
      .where('tenant_id', '=', event.tenantId)
      .where('selling_partner_id', '=', event.data.sellingPartnerId)
      .where('connected_at', '<=', new Date(event.occurredAt)),
  );
}
