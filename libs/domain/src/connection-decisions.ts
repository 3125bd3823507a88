import { streams, type EventData } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import type { ConnectionState } from './connection-state.js';
import { reject, type Rejection } from './rejection.js';
import type { Decision } from './sync-decisions.js';

/**
 * Connects a seller, or connects the same seller again (a renewed consent). One tenant holds one seller, also after it was
 * disconnected: facts and claims are kept by tenant, and those of two sellers would be taken for one's. Once they are
 * erased another may connect.
 */
export function connectAmazon(
  tenantId: string,
  state: ConnectionState | null,
  { data, cause }: { data: EventData<'sync.amazon_connected'>; cause: Cause },
): Decision | Rejection {
  if (state && !state.purged && state.sellingPartnerId !== data.sellingPartnerId) {
    const kept =
      'This account keeps the data of another Amazon seller: erase it before you connect this one.';
    const held = 'Another Amazon seller is connected to this account.';
    return reject('already_connected', state.state === 'disconnected' ? kept : held);
  }
  return {
    tenantId,
    streamId: streams.connection(tenantId),
    expected: state?.version ?? 0,
    events: [eventOf('sync.amazon_connected', data, { cause })],
  };
}

/** Amazon no longer accepts the consent: nothing can be synced until the seller renews it. */
export function requireReauthorization(
  tenantId: string,
  state: ConnectionState | null,
  { reason, cause }: { reason: string; cause: Cause },
): Decision | Rejection {
  if (state?.state !== 'connected') return reject('not_connected', 'Amazon is not connected.');
  const { sellingPartnerId, version } = state;
  return {
    tenantId,
    streamId: streams.connection(tenantId),
    expected: version,
    events: [
      eventOf('sync.amazon_reauthorization_required', { sellingPartnerId, reason }, { cause }),
    ],
  };
}

/**
 * Ends a connection. With `purge` the seller's data are to be erased, which may also be asked for after it has ended.
 * Rejection `not_connected`: nothing is left to end or to erase.
 */
export function disconnectAmazon(
  tenantId: string,
  state: ConnectionState | null,
  { purge, cause }: { purge: boolean; cause: Cause },
): Decision | Rejection {
  const over = !state || (state.state === 'disconnected' && (state.purged || !purge));
  if (over) return reject('not_connected', 'Amazon is not connected.');
  const { sellingPartnerId, version } = state;
  return {
    tenantId,
    streamId: streams.connection(tenantId),
    expected: version,
    events: [eventOf('sync.amazon_disconnected', { sellingPartnerId, purge }, { cause })],
  };
}
