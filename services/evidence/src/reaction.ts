import type { Cause } from '@recoup/domain';
import type { Clock } from '@recoup/kernel';

/** The event that work was asked for by, as a row of that work keeps it. */
export interface AskedBy {
  readonly eventId: string;
  readonly correlationId: string;
  readonly traceparent: string | null;
}

/** What is done now because of an event that may lie hours back. */
export function reactionTo({ eventId, correlationId, traceparent }: AskedBy, clock: Clock): Cause {
  const at = clock.now();
  return { actor: 'service:evidence', at, correlationId, causationId: eventId, traceparent };
}
