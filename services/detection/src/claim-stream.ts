import { streams, type NewEvent } from '@recoup/contracts';
import { claimState, type ClaimState } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { decideStream, readStates } from './decide-stream.js';

export interface ClaimDecision {
  readonly tenantId: string;
  readonly claimId: string;
  readonly state: ClaimState | null;
  readonly decide: (state: ClaimState | null) => readonly NewEvent[];
}

/** The states of many claims in one query; a claim that does not exist is not in it. */
export function readClaims(
  store: EventStore,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ClaimState>> {
  return readStates(store, tenantId, { ids, streamOf: streams.claim, fold: claimState });
}

/** As `decideStream`, over a claim. Throws StreamContended. */
export function decideClaim(
  store: EventStore,
  { tenantId, claimId, state, decide }: ClaimDecision,
): Promise<{ readonly state: ClaimState | null; readonly events: readonly NewEvent[] }> {
  const streamId = streams.claim(claimId);
  return decideStream(store, { tenantId, streamId, fold: claimState, state, decide });
}
