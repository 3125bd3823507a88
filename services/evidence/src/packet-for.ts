import { streams } from '@recoup/contracts';
import { connectionState, erasedUpTo, type ClaimState } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import type { Filing } from './adapters/filings.js';
import { casePacket, type CasePacket } from './domain/case-packet.js';
import { openClaimFile, type ClaimFileDeps } from './open-claim-file.js';

/**
 * What is sent for a claim, in the name of the tenant's seller; or why nothing may be. A packet that was made before is
 * sent as it is, but the connection is asked at every try: who disconnected must have nothing filed any more.
 */
export async function packetFor(
  deps: ClaimFileDeps & { readonly store: EventStore },
  { tenantId, packet }: Pick<Filing, 'tenantId' | 'packet'>,
  claim: ClaimState,
): Promise<CasePacket | string> {
  const events = await deps.store.readStream(tenantId, streams.connection(tenantId));
  if (claim.foundAt <= erasedUpTo(events)) return 'The seller has had its data erased';
  const connection = connectionState(events);
  if (!connection || connection.state === 'disconnected') return 'No Amazon seller is connected';
  const { sellingPartnerId } = connection;
  if (packet === null) {
    return casePacket(sellingPartnerId, await openClaimFile(deps, tenantId, claim));
  }
  return packet.sellerId === sellingPartnerId
    ? packet
    : 'Another Amazon seller is connected by now';
}
