import type { Marketplace, RecordedEvent } from '@recoup/contracts';

/** A tenant's connection to Amazon as its events tell it. */
export interface ConnectionState {
  readonly sellingPartnerId: string;
  readonly region: 'na' | 'eu' | 'fe';
  readonly marketplaces: readonly Marketplace[];
  readonly connectedAt: string;
  readonly state: 'connected' | 'reauth_required' | 'disconnected';
  /** The disconnection asked for the seller's data to be erased. */
  readonly purged: boolean;
  readonly version: number;
}

/** Folds a connection's events; null when the tenant never connected. */
export function connectionState(events: Iterable<RecordedEvent>): ConnectionState | null {
  let state: ConnectionState | null = null;
  for (const event of events) state = evolveConnection(state, event);
  return state;
}

/** One step of the fold. */
export function evolveConnection(
  before: ConnectionState | null,
  event: RecordedEvent,
): ConnectionState | null {
  switch (event.type) {
    case 'sync.amazon_connected':
      return {
        ...event.data,
        connectedAt: event.occurredAt,
        state: 'connected',
        purged: false,
        version: event.streamVersion,
      };
    case 'sync.amazon_reauthorization_required':
      return before && { ...before, state: 'reauth_required', version: event.streamVersion };
    case 'sync.amazon_disconnected':
      return (
        before && {
          ...before,
          state: 'disconnected',
          purged: event.data.purge,
          version: event.streamVersion,
        }
      );
    default:
      return before;
  }
}

/**
 * The place of the seller's last wish to be forgotten, from the events of the connection; 0 for none. The log is never
 * changed: who reads it for this tenant leaves out what stands before.
 */
export function erasedUpTo(events: readonly RecordedEvent[]): number {
  const wish = events.findLast(
    (event) => event.type === 'sync.amazon_disconnected' && event.data.purge,
  );
  return wish?.position ?? 0;
}
