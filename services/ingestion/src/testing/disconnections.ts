import { streams, type EventEnvelope } from '@recoup/contracts';
import { connectionState, disconnectAmazon, fromCommand, isRejection } from '@recoup/domain';
import { inTransaction } from '@recoup/service-kit';
import { eventually } from '@recoup/testkit';
import { hearDisconnection } from '../disconnect/hear-disconnection.js';
import type { IngestionUnderTest } from './ingestion-under-test.js';

export type Disconnected = EventEnvelope<'sync.amazon_disconnected'>;

/** Disconnects in the log, as the gateway does; answers the event. */
export async function disconnect(
  { store }: IngestionUnderTest,
  tenantId: string,
  purge: boolean,
): Promise<Disconnected> {
  const streamId = streams.connection(tenantId);
  const state = connectionState(await store.readStream(tenantId, streamId));
  const cause = fromCommand('user:1', new Date());
  const decision = disconnectAmazon(tenantId, state, { purge, cause });
  if (isRejection(decision)) throw new Error(decision.message);
  await store.append(decision);
  const events = await store.readStream(tenantId, streamId);
  return events.at(-1) as Disconnected;
}

/** The delivery of the event, done by hand. */
export function hear({ pool }: IngestionUnderTest, event: Disconnected): Promise<void> {
  return inTransaction(pool, (tx) => hearDisconnection(tx, event));
}

/** Lets the workers settle what was heard, several of them at once. */
export async function settle({ pool, ingestion }: IngestionUnderTest): Promise<void> {
  const stop = new AbortController();
  const workers = [1, 2, 3].map(() => ingestion.runDisconnections(stop.signal));
  const open = 'select from ingestion.disconnection where settled_at is null';
  await eventually(async () => (await pool.query(open)).rowCount === 0);
  stop.abort();
  await Promise.all(workers);
}
