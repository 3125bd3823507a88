import { streams } from '@recoup/contracts';
import type { Gateway } from '../gateway.js';
import { evolveClaimRow, type ClaimRow } from '../projections/claim.js';

type Reads = Pick<Gateway, 'reads' | 'streams'>;

/**
 * A claim as it stands now: the read model, brought up to date by what the log has after it. Who has just decided
 * something about a claim never sees it as it was. Null when the tenant has no such claim.
 */
export async function currentClaim(
  gateway: Reads,
  tenantId: string,
  claimId: string,
): Promise<ClaimRow | null> {
  const row = await gateway.reads.claim(tenantId, claimId);
  const version = row?.claim.version ?? 0;
  const later = await gateway.streams.readStream(tenantId, streams.claim(claimId), version);
  if (row || later.length === 0) return later.reduce(evolveClaimRow, row);
  const erased = await erasedUpTo(gateway, tenantId);
  return later.filter(({ position }) => position > erased).reduce(evolveClaimRow, null);
}

/**
 * The place of the seller's last wish to be forgotten; 0 for none. The log is never changed: without this, a claim that
 * left the read models would come back out of it.
 */
async function erasedUpTo({ streams: log }: Reads, tenantId: string): Promise<number> {
  const events = await log.readStream(tenantId, streams.connection(tenantId));
  const wish = events.findLast(
    (event) => event.type === 'sync.amazon_disconnected' && event.data.purge,
  );
  return wish?.position ?? 0;
}
