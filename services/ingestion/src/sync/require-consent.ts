import { streams } from '@recoup/contracts';
import { connectionState, isRejection, requireReauthorization, type Cause } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import type { Pool } from 'pg';
import { markConsentInvalid } from '../connect/seller-account.js';

interface ConsentDeps {
  readonly pool: Pool;
  readonly store: EventStore;
}

interface Refusal {
  /** The consent that Amazon refused, by its version. */
  readonly consent: number;
  readonly reason: string;
  readonly cause: Cause;
}

/**
 * Says on the tenant's connection that Amazon no longer accepts the consent. Said once: a connection that waits for a
 * new consent already, or was renewed or ended meanwhile, is left as it is.
 *
 * The stream is read before the consent is looked at, and the append states its version: a renewal stores its consent
 * before it appends, so either the consent is seen to be another one, or one of the two appends has to look again.
 */
export async function requireConsent(
  { pool, store }: ConsentDeps,
  tenantId: string,
  { consent, reason, cause }: Refusal,
): Promise<void> {
  for (;;) {
    const events = await store.readStream(tenantId, streams.connection(tenantId));
    if (!(await markConsentInvalid(pool, { tenantId, consent }))) return;
    const decision = requireReauthorization(tenantId, connectionState(events), { reason, cause });
    if (isRejection(decision)) return;
    const outcome = await store.append(decision);
    if (outcome.ok) return;
  }
}
