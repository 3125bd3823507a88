import type { EventEnvelope } from '@recoup/contracts';
import type { PoolClient } from 'pg';

const FORGET_DUE = `update ingestion.seller_account set next_sync_at = '-infinity', settings_position = $2
  where tenant_id = $1 and settings_position < $2`;

/** When the seller's next sync is due has to be found out anew, unless other settings than the schedule were changed. */
export async function hearSettings(
  tx: PoolClient,
  { tenantId, position, data }: EventEnvelope<'claim.settings_changed'>,
): Promise<void> {
  if (data.changed?.includes('schedule')) await tx.query(FORGET_DUE, [tenantId, position]);
}
