import { streams } from '@recoup/contracts';
import type { Gateway } from '../gateway.js';
import { evolveClaimRow, type ClaimRow } from '../projections/claim.js';
import { readErasedUpTo } from './erased-up-to.js';

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
  const erased = await readErasedUpTo(gateway.streams, tenantId);
  return later.filter(({ position }) => position > erased).reduce(evolveClaimRow, null);
}
