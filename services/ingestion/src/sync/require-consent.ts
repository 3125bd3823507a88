import { streams } from '@recoup/contracts';
import { connectionState, isRejection, requireReauthorization, type Cause } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import type { Pool } from 'pg';
import { markConsentInvalid } from '../connect/seller-account.js';

interface ConsentDeps {
  readonly pool: Pool;
  readonly store: EventStore;
}

/**
 * Says on the tenant's connection that Amazon no longer accepts the consent. Said once: a connection that waits for a
 * new consent already, or was renewed or ended meanwhile, is left as it is.
 */
export async function requireConsent(
  { pool, store }: ConsentDeps,
  tenantId: string,
  { reason, cause }: { readonly reason: string; readonly cause: Cause },
): Promise<void> {
  await markConsentInvalid(pool, tenantId);
  for (;;) {
    const events = await store.readStream(tenantId, streams.connection(tenantId));
    const decision = requireReauthorization(tenantId, connectionState(events), { reason, cause });
    if (isRejection(decision)) return;
    const outcome = await store.append(decision);
    if (outcome.ok) return;
  }
}
