import { streams } from '@recoup/contracts';
import { claimState, type ClaimState } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import type { ClaimRef } from './decide-on-claim.js';

/** The claim as the log tells it now; null for an unknown one. */
export async function currentClaim(
  store: EventStore,
  { tenantId, claimId }: ClaimRef,
): Promise<ClaimState | null> {
  return claimState(await store.readStream(tenantId, streams.claim(claimId)));
}
