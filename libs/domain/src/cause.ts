import type { EventData, EventType, NewEvent, RecordedEvent } from '@recoup/contracts';
import { derivedId, newId } from '@recoup/kernel';

/** Why something is decided, who by and when: what every event of the decision carries. */
export interface Cause {
  readonly actor: string;
  readonly at: Date;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly traceparent?: string | null;
}

/** A cause that begins something new: somebody asked. */
export function fromCommand(actor: string, at: Date): Cause {
  return { actor, at, correlationId: newId(at.getTime()), causationId: null };
}

/** A cause that reacts to an event. */
export function fromEvent(event: RecordedEvent, actor: string, at: Date): Cause {
  const { correlationId, traceparent } = event;
  return { actor, at, correlationId, causationId: event.id, traceparent };
}

/**
 * An event of a decision. With `once` its id follows from what is named there, so that deciding again makes the same
 * event and the log recognises the repeat; without it the id is new.
 */
export function eventOf<T extends EventType>(
  type: T,
  data: EventData<T>,
  { cause, once }: { cause: Cause; once?: readonly string[] },
): NewEvent {
  return {
    id: once ? derivedId(type, ...once) : newId(cause.at.getTime()),
    type,
    occurredAt: cause.at.toISOString(),
    correlationId: cause.correlationId,
    causationId: cause.causationId,
    actor: cause.actor,
    traceparent: cause.traceparent ?? null,
    data,
  } as NewEvent;
}
