import { upcast, type RecordedEvent } from '@recoup/contracts';

/** A row of `log.event` as the queries here select it. */
export interface StoredEvent {
  readonly shard: number;
  readonly position: string;
  readonly stream_id: string;
  readonly stream_version: string;
  readonly event_id: string;
  readonly tenant_id: string;
  readonly type: string;
  readonly schema_version: number;
  readonly occurred_at: Date;
  readonly meta: {
    correlationId: string;
    causationId: string | null;
    actor: string;
    traceparent: string | null;
  };
  readonly data: unknown;
}

export const EVENT_COLUMNS =
  'shard, position, stream_id, stream_version, event_id, tenant_id, type, schema_version, occurred_at, meta, data';

/** The event in today's shape. Throws UnknownEvent for a type or version this build does not know. */
export function toEvent(row: StoredEvent): RecordedEvent {
  return {
    id: row.event_id,
    type: row.type,
    schemaVersion: row.schema_version,
    tenantId: row.tenant_id,
    shard: row.shard,
    position: Number(row.position),
    streamId: row.stream_id,
    streamVersion: Number(row.stream_version),
    occurredAt: row.occurred_at.toISOString(),
    ...row.meta,
    data: upcast(row.type, row.schema_version, row.data),
  } as RecordedEvent;
}
