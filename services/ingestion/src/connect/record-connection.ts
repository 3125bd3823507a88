import { streams, type EventData } from '@recoup/contracts';
import {
  connectAmazon,
  connectionState,
  fromCommand,
  isRejection,
  requestSync,
  type Cause,
} from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { derivedName, type Clock } from '@recoup/kernel';
import { refuse, type Refused } from './refusal.js';

export interface RecordDeps {
  readonly store: EventStore;
  readonly clock: Clock;
}

/**
 * Says that the seller is connected, and asks for the first sync unless one is running. Answers where the log stands
 * then.
 */
export async function recordConnection(
  deps: RecordDeps,
  tenantId: string,
  data: EventData<'sync.amazon_connected'>,
): Promise<{ readonly position: number } | Refused> {
  const cause = fromCommand('service:ingestion', deps.clock.now());
  for (;;) {
    const events = await deps.store.readStream(tenantId, streams.connection(tenantId));
    const decision = connectAmazon(tenantId, connectionState(events), { data, cause });
    if (isRejection(decision)) return refuse('already_connected');
    const outcome = await deps.store.append(decision);
    if (!outcome.ok) continue; // another append on the connection: decide on what it left
    const connectionEvent = decision.events[0];
    if (!connectionEvent) return { position: outcome.position };
    const asked = await firstSync(deps, tenantId, { ...cause, causationId: connectionEvent.id });
    return { position: asked ?? outcome.position };
  }
}

/** The id follows from the connection, so that asking again is the same sync. Null when another one is running. */
async function firstSync(
  { store }: RecordDeps,
  tenantId: string,
  cause: Cause,
): Promise<number | null> {
  const syncId = derivedName('sync', cause.causationId ?? cause.correlationId);
  const outcome = await store.append(
    requestSync({ tenantId, syncId, trigger: 'connected' }, cause),
  );
  return outcome.ok ? outcome.position : null;
}
