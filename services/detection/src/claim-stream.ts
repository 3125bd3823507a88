import { streams, type NewEvent, type RecordedEvent } from '@recoup/contracts';
import { claimState, type ClaimState } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { AppError } from '@recoup/kernel';

/** A claim's stream kept moving under every attempt to append to it. */
export class ClaimContended extends AppError {
  readonly code = 'CLAIM_CONTENDED';
}

/** How often a decision is made anew because somebody else wrote to the claim in between. */
const ATTEMPTS = 5;

export interface ClaimDecision {
  readonly tenantId: string;
  readonly claimId: string;
  /** Read together with many others; read again only when the claim has moved on. */
  readonly state: ClaimState | null;
  readonly decide: (state: ClaimState | null) => readonly NewEvent[];
}

/** The states of many claims in one query; a claim that does not exist is not in it. */
export async function readClaims(
  store: EventStore,
  tenantId: string,
  claimIds: readonly string[],
): Promise<ReadonlyMap<string, ClaimState>> {
  const ids = new Map(claimIds.map((claimId) => [streams.claim(claimId), claimId]));
  const states = new Map<string, ClaimState>();
  if (ids.size === 0) return states;
  for (const [streamId, events] of await store.readStreams(tenantId, [...ids.keys()])) {
    const state = claimState(events);
    if (state) states.set(ids.get(streamId) ?? streamId, state);
  }
  return states;
}

/**
 * Appends what is decided for a claim, deciding anew when it has moved on meanwhile, and answers the state decided from
 * and the events that now stand. Throws ClaimContended.
 */
export async function decideClaim(
  store: EventStore,
  { tenantId, claimId, state, decide }: ClaimDecision,
): Promise<{ readonly state: ClaimState | null; readonly events: readonly NewEvent[] }> {
  const streamId = streams.claim(claimId);
  let current = state;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const events = decide(current);
    if (events.length === 0) return { state: current, events };
    const expected = current?.version ?? 'absent';
    const outcome = await store.append({ tenantId, streamId, expected, events });
    if (outcome.ok) return { state: current, events };
    const recorded: readonly RecordedEvent[] = await store.readStream(tenantId, streamId);
    current = claimState(recorded);
  }
  throw new ClaimContended(`${streamId} kept changing`);
}
