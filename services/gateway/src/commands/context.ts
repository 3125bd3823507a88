import type { EventStore } from '@recoup/event-store';
import type { Clock } from '@recoup/kernel';

/** What commands decide with. */
export interface CommandContext {
  readonly store: EventStore;
  readonly clock: Clock;
  /** Waits until reads show a position of the tenant's shard: the caller then reads what it has written. */
  readonly shown: (tenantId: string, position: number) => Promise<void>;
}

/** Attempts of a decision that other writers kept overtaking. */
export const MAX_TRIES = 20;
