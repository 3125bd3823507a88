import { streams, type ConnectRequest, type EventData } from '@recoup/contracts';
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
import { newTenant, tenantFor, type AttachDeps } from './attach-tenant.js';
import type { ConsentStore } from './consent-store.js';
import { refuse, type Refused } from './refusal.js';
import { accountOfTenant } from './seller-account.js';
import type { Proof } from './verify-seller.js';

export interface RecordDeps extends AttachDeps {
  readonly clock: Clock;
  readonly consents: ConsentStore;
}

export interface Connection {
  readonly request: ConnectRequest;
  readonly marketplaces: EventData<'sync.amazon_connected'>['marketplaces'];
  readonly refreshToken: string;
  readonly proof: Proof;
}

export interface Recorded {
  readonly tenantId: string;
  /** Where the log stands then, in the tenant's shard. */
  readonly position: number;
}

/** Attempts of a connection that other requests and disconnections kept overtaking. */
const MOST_TRIES = 20;

/**
 * Stores a consent with its tenant, says that the seller is connected, and asks for the first sync unless one is
 * running. Answers the tenant and where the log stands then, or why not.
 *
 * Decided first, so that what is refused leaves nothing behind. Stored before it is said, so that whoever hears of the
 * connection finds the consent; and with the version that it was decided on, by which a disconnection that is heard of
 * late knows whether it means this consent or an earlier one.
 */
export async function recordConnection(
  deps: RecordDeps,
  connection: Connection,
): Promise<Recorded | Refused> {
  const once = { newcomer: newTenant(), cause: fromCommand('service:ingestion', deps.clock.now()) };
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const outcome = await attempt(deps, connection, once);
    if (outcome) return outcome;
  }
  return refuse('seller_already_connected');
}

/** Null when another request or a disconnection came first: the next look sees what it left. */
async function attempt(
  deps: RecordDeps,
  { request, marketplaces, refreshToken, proof }: Connection,
  { newcomer, cause }: { readonly newcomer: string; readonly cause: Cause },
): Promise<Recorded | Refused | null> {
  const { sellingPartnerId, region } = request;
  const found = await tenantFor(deps, { request, proof, newcomer });
  if ('outcome' in found) return found;
  const { tenantId } = found;
  const state = connectionState(
    await deps.store.readStream(tenantId, streams.connection(tenantId)),
  );
  const data = { sellingPartnerId, region, marketplaces };
  const decision = connectAmazon(tenantId, state, { data, cause });
  if (isRejection(decision)) return refuse('already_connected', decision.message);
  const seller = { tenantId, sellerId: sellingPartnerId, region, marketplaces, refreshToken };
  if (!(await deps.consents.save({ ...seller, logVersion: decision.expected }))) {
    const held = await accountOfTenant(deps.pool, tenantId);
    return held && held.sellerId !== sellingPartnerId ? refuse('already_connected') : null;
  }
  const outcome = await deps.store.append(decision);
  if (!outcome.ok) return null;
  const causationId = decision.events[0]?.id ?? null;
  const asked = await firstSync(deps.store, tenantId, { ...cause, causationId });
  return { tenantId, position: asked ?? outcome.position };
}

/** The id follows from the connection, so that asking again is the same sync. Null when another one is running. */
async function firstSync(
  store: EventStore,
  tenantId: string,
  cause: Cause,
): Promise<number | null> {
  const syncId = derivedName('sync', cause.causationId ?? cause.correlationId);
  const outcome = await store.append(
    requestSync({ tenantId, syncId, trigger: 'connected' }, cause),
  );
  return outcome.ok ? outcome.position : null;
}
