import { z } from 'zod';
import type { EventData, EventType } from './catalogue.js';
import { instantSchema } from './money.js';

/** Who caused an event: `user:<id>`, `service:<name>` or `operator:<id>`. */
export const actorSchema = z.string().regex(/^(user|service|operator):.+$/);

/**
 * An event as the log keeps it and the bus carries it. Maps one to one to CloudEvents 1.0: `id` id, `type` type,
 * `streamId` subject, `occurredAt` time, `data` data, the rest extension attributes.
 */
export interface EventEnvelope<T extends EventType = EventType> {
  readonly id: string;
  readonly type: T;
  readonly schemaVersion: number;
  readonly tenantId: string;
  readonly shard: number;
  /** Dense per shard: the event after position n is n+1. */
  readonly position: number;
  readonly streamId: string;
  /** Dense per stream, from 1. */
  readonly streamVersion: number;
  readonly occurredAt: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actor: string;
  readonly traceparent: string | null;
  readonly data: EventData<T>;
}

/** One event type at a time, so that `switch (event.type)` narrows `event.data`. */
export type RecordedEvent = { [T in EventType]: EventEnvelope<T> }[EventType];

/** An event that is about to be appended; position and version come from the log. */
export type NewEvent = {
  [T in EventType]: {
    readonly id: string;
    readonly type: T;
    readonly occurredAt: string;
    readonly correlationId: string;
    readonly causationId: string | null;
    readonly actor: string;
    readonly traceparent?: string | null;
    readonly data: EventData<T>;
  };
}[EventType];

/** The envelope without its data: what a reader checks before it looks the type up. */
export const envelopeSchema = z.object({
  id: z.uuid(),
  type: z.string(),
  schemaVersion: z.int().positive(),
  tenantId: z.string().min(1),
  shard: z.int().min(0).max(15),
  position: z.int().positive(),
  streamId: z.string().min(1),
  streamVersion: z.int().positive(),
  occurredAt: instantSchema,
  correlationId: z.string(),
  causationId: z.string().nullable(),
  actor: actorSchema,
  traceparent: z.string().nullable(),
  data: z.unknown(),
});
