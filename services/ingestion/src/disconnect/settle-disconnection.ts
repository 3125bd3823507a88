import { reservations } from '@recoup/contracts';
import { cancelSync, isRejection, syncState } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { eraseFacts } from '@recoup/facts';
import type { Clock } from '@recoup/kernel';
import { inTransaction } from '@recoup/service-kit';
import type { Pool, PoolClient } from 'pg';
import type { BuyerStore } from '../buyers/buyer-store.js';
import type { ConsentStore } from '../connect/consent-store.js';

export interface Disconnection {
  readonly tenantId: string;
  /** Of the event in the tenant's shard. */
  readonly position: number;
  readonly purge: boolean;
  readonly eventId: string;
  readonly correlationId: string;
  readonly traceparent: string | null;
}

export interface SettleDeps {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly consents: ConsentStore;
  readonly buyers: BuyerStore;
}

const HOLD = `select from ingestion.disconnection
  where tenant_id = $1 and position = $2 and settled_at is null for update`;

const DONE = `update ingestion.disconnection set settled_at = now() where tenant_id = $1 and position = $2`;

/** Windows with the jobs: what they have closed would be taken for covered, and never be read again. */
const ERASE_JOBS = [
  `delete from ingestion.sync_window where sync_id in
    (select sync_id from ingestion.job where tenant_id = $1 and position < $2)`,
  `delete from ingestion.job where tenant_id = $1 and position < $2`,
];

/**
 * Does what a disconnection still asks for: ends a sync that nobody has cancelled, and erases the seller's data where
 * that was asked. Facts are erased whole: no later sync of the tenant has begun, since jobs wait for this.
 */
export async function settleDisconnection(
  deps: SettleDeps,
  disconnection: Disconnection,
): Promise<void> {
  await cancelLeftover(deps, disconnection);
  const { tenantId, position, purge } = disconnection;
  await inTransaction(deps.pool, async (tx) => {
    const { rowCount } = await tx.query(HOLD, [tenantId, position]);
    if (rowCount === 0) return; // another process was first
    if (purge) await erase(tx, deps, disconnection);
    await tx.query(DONE, [tenantId, position]);
  });
}

async function erase(
  tx: PoolClient,
  { consents, buyers }: SettleDeps,
  { tenantId, position }: Disconnection,
): Promise<void> {
  await eraseFacts(tx, tenantId);
  await buyers.erase(tx, tenantId);
  for (const statement of ERASE_JOBS) await tx.query(statement, [tenantId, position]);
  await consents.shred(tx, tenantId);
}

/** The gateway cancels it with the disconnection, unless it died between the two. A later connection's sync goes on. */
async function cancelLeftover(
  { store, clock }: SettleDeps,
  { tenantId, position, eventId, correlationId, traceparent }: Disconnection,
): Promise<void> {
  for (;;) {
    const owner = await store.reservationOwner(tenantId, reservations.activeSync(tenantId));
    const events = owner ? await store.readStream(tenantId, owner) : [];
    const state = syncState(events);
    const [requested] = events;
    if (!state || !requested || requested.position > position) return;
    const decision = cancelSync(tenantId, state, {
      reason: 'Amazon was disconnected',
      cause: {
        actor: 'service:ingestion',
        at: clock.now(),
        correlationId,
        causationId: eventId,
        traceparent,
      },
    });
    if (isRejection(decision)) return;
    const outcome = await store.append(decision);
    if (outcome.ok) return;
  }
}
