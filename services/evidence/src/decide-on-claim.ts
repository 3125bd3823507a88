import { streams, type NewEvent, type RecordedEvent } from '@recoup/contracts';
import { claimState, type ClaimState } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { AppError } from '@recoup/kernel';

/** Somebody else kept changing the claim; it is tried again later. */
export class ClaimBusy extends AppError {
  readonly code = 'CLAIM_BUSY';
}

export interface ClaimRef {
  readonly tenantId: string;
  readonly claimId: string;
}

export interface ClaimChange {
  readonly events: readonly NewEvent[];
  readonly take?: readonly string[];
  readonly release?: readonly string[];
}

/** Another writer gets in between a few times at most: a claim has one detection and one filing at a time. */
const TRIES = 5;

/**
 * Decides over the claim as it stands and appends the result, again from the start when the claim changed in between or
 * somebody else holds what it takes. Answers whether something was appended. Throws ClaimBusy when that never ends.
 */
export async function decideOnClaim(
  store: EventStore,
  { tenantId, claimId }: ClaimRef,
  decide: (
    claim: ClaimState,
    events: readonly RecordedEvent[],
  ) => Promise<ClaimChange> | ClaimChange,
): Promise<boolean> {
  const streamId = streams.claim(claimId);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const recorded = await store.readStream(tenantId, streamId);
    const claim = claimState(recorded);
    if (!claim) return false;
    const change = await decide(claim, recorded);
    if (change.events.length === 0) return false;
    const outcome = await store.append({ tenantId, streamId, expected: claim.version, ...change });
    if (outcome.ok) return true;
  }
  throw new ClaimBusy(`claim ${claimId} changed ${TRIES} times while it was decided on`);
}
