import { currentVersion, streams, type NewEvent, type RecordedEvent } from '@recoup/contracts';
import { evolveClaim, type ClaimState } from '@recoup/domain';
import { shardOf } from '@recoup/kernel';

/** No event has it: positions begin at 1. The claim's state does not depend on it. */
const NOT_YET_PLACED = 0;

/** The claim as it will be once these events are appended, so that the next decision of the same append can follow. */
export function foresee(
  tenantId: string,
  claim: ClaimState,
  events: readonly NewEvent[],
): ClaimState {
  let state = claim;
  for (const event of events) {
    const recorded = {
      ...event,
      traceparent: event.traceparent ?? null,
      schemaVersion: currentVersion(event.type),
      tenantId,
      shard: shardOf(tenantId),
      position: NOT_YET_PLACED,
      streamId: streams.claim(claim.claimId),
      streamVersion: state.version + 1,
    } as RecordedEvent;
    state = evolveClaim(state, recorded) ?? state;
  }
  return state;
}
