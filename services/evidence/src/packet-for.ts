import { streams } from '@recoup/contracts';
import { connectionState, type ClaimState } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { casePacket, type CasePacket } from './domain/case-packet.js';
import { openClaimFile, type ClaimFileDeps } from './open-claim-file.js';

/** What is sent for a claim, in the name of the tenant's seller; null when none is connected. */
export async function packetFor(
  deps: ClaimFileDeps & { readonly store: EventStore },
  tenantId: string,
  claim: ClaimState,
): Promise<CasePacket | null> {
  const connection = connectionState(
    await deps.store.readStream(tenantId, streams.connection(tenantId)),
  );
  if (!connection || connection.state === 'disconnected') return null;
  return casePacket(connection.sellingPartnerId, await openClaimFile(deps, tenantId, claim));
}
