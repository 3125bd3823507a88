import { streams, type EventData } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import type { ConnectionState } from './connection-state.js';
import { reject, type Rejection } from './rejection.js';
import type { Decision } from './sync-decisions.js';

/** Connects a seller, or connects the same seller again (a renewed consent). One tenant holds one seller. */
export function connectAmazon(
  tenantId: string,
  state: ConnectionState | null,
  { data, cause }: { data: EventData<'sync.amazon_connected'>; cause: Cause },
): Decision | Rejection {
  const other =
    state && state.state !== 'disconnected' && state.sellingPartnerId !== data.sellingPartnerId;
  if (other)
    return reject('already_connected', 'Another Amazon seller is connected to this account.');
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
