import { streams } from '@recoup/contracts';
import type { Gateway } from '../gateway.js';
import { evolveClaimRow, type ClaimRow } from '../projections/claim.js';

/**
 * A claim as it stands now: the read model, brought up to date by what the log has after it. Who has just decided
 * something about a claim never sees it as it was. Null when the tenant has no such claim.
 */
export async function currentClaim(
  { reads, streams: log }: Pick<Gateway, 'reads' | 'streams'>,
  tenantId: string,
  claimId: string,
): Promise<ClaimRow | null> {
  const row = await reads.claim(tenantId, claimId);
  const version = row?.claim.version ?? 0;
  const later = await log.readStream(tenantId, streams.claim(claimId), version);
  return later.reduce(evolveClaimRow, row);
}
